-- Tokens of machines that are good no more although their time is not over.
CREATE TABLE revoked_tokens (
    id TEXT PRIMARY KEY NOT NULL,
    expires_at TIMESTAMP NOT NULL
);

CREATE INDEX revoked_tokens_by_end ON revoked_tokens (expires_at);
