CREATE TABLE fee_schedules (
    id TEXT PRIMARY KEY NOT NULL,
    node_id TEXT NOT NULL REFERENCES nodes (id),
    valid_from DATE NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE UNIQUE INDEX fee_schedules_begin_once ON fee_schedules (node_id, valid_from);

CREATE TABLE payroll_identities (
    id TEXT PRIMARY KEY NOT NULL REFERENCES people (id),
    sealed BYTEA NOT NULL,
    version INTEGER NOT NULL
);
