-- No references: a record outlives what it is about.
CREATE TABLE audit_events (
    id TEXT PRIMARY KEY NOT NULL,
    happened_at TIMESTAMP NOT NULL,
    operation TEXT NOT NULL,
    person_id TEXT,
    client_id TEXT,
    behalf_id TEXT,
    node_id TEXT NOT NULL,
    thing_id TEXT,
    place TEXT NOT NULL,
    status INTEGER NOT NULL,
    trace TEXT NOT NULL
);

CREATE INDEX audit_events_by_person ON audit_events (person_id, id);
CREATE INDEX audit_events_by_thing ON audit_events (thing_id, id);
