CREATE TABLE supervision_sessions (
    id TEXT PRIMARY KEY NOT NULL,
    node_id TEXT NOT NULL REFERENCES nodes (id),
    owner_id TEXT NOT NULL REFERENCES people (id),
    state TEXT NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE INDEX supervision_sessions_by_node ON supervision_sessions (node_id, state);
CREATE INDEX supervision_sessions_by_owner ON supervision_sessions (owner_id);

CREATE TABLE supervision_invitations (
    session_id TEXT NOT NULL REFERENCES supervision_sessions (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    PRIMARY KEY (session_id, person_id)
);

CREATE INDEX supervision_invitations_by_person ON supervision_invitations (person_id);
