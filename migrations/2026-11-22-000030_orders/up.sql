CREATE TABLE orders (
    id TEXT PRIMARY KEY NOT NULL,
    node_id TEXT NOT NULL REFERENCES nodes (id),
    handler_id TEXT REFERENCES nodes (id),
    liaison_id TEXT REFERENCES people (id),
    orderer_id TEXT NOT NULL REFERENCES people (id),
    entered_by_id TEXT NOT NULL REFERENCES people (id),
    state TEXT NOT NULL,
    task_type TEXT,
    purpose TEXT,
    created_at TIMESTAMP NOT NULL,
    submitted_at TIMESTAMP,
    taken_at TIMESTAMP,
    filled_at TIMESTAMP,
    closed_at TIMESTAMP,
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE INDEX orders_by_node ON orders (node_id);
CREATE INDEX orders_by_handler ON orders (handler_id);
CREATE INDEX orders_by_liaison ON orders (liaison_id, state);
CREATE INDEX orders_by_entry ON orders (entered_by_id);
