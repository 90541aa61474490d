CREATE TABLE documents (
    id TEXT PRIMARY KEY NOT NULL,
    node_id TEXT NOT NULL REFERENCES nodes (id),
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE INDEX documents_by_node ON documents (node_id, kind, state);

CREATE TABLE acknowledgements (
    id TEXT PRIMARY KEY NOT NULL,
    document_id TEXT NOT NULL REFERENCES documents (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    published_at TIMESTAMP NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE UNIQUE INDEX acknowledgements_once ON acknowledgements (document_id, person_id, published_at);
