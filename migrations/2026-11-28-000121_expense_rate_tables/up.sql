CREATE TABLE expense_rate_tables (
    id TEXT PRIMARY KEY NOT NULL,
    node_id TEXT NOT NULL REFERENCES nodes (id),
    valid_from DATE NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE INDEX expense_rate_tables_of_node ON expense_rate_tables (node_id, valid_from);
