CREATE TABLE mails (
    id TEXT PRIMARY KEY NOT NULL,
    next_try_at TIMESTAMP NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE INDEX mails_to_send ON mails (next_try_at);
