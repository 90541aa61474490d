CREATE TABLE node_settings (
    id TEXT PRIMARY KEY NOT NULL REFERENCES nodes (id),
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);
