CREATE TABLE sandboxes (
    id TEXT PRIMARY KEY NOT NULL,
    ahead_seconds BIGINT NOT NULL
);
