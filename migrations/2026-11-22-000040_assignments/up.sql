CREATE TABLE assignments (
    id TEXT PRIMARY KEY NOT NULL,
    order_id TEXT NOT NULL REFERENCES orders (id),
    offer_id TEXT NOT NULL UNIQUE REFERENCES offers (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    node_id TEXT NOT NULL REFERENCES nodes (id),
    handler_id TEXT REFERENCES nodes (id),
    state TEXT NOT NULL,
    starts_at TIMESTAMP,
    ends_at TIMESTAMP,
    remind_after DATE,
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE INDEX assignments_by_order ON assignments (order_id);
CREATE INDEX assignments_by_person ON assignments (person_id);
CREATE INDEX assignments_by_node ON assignments (node_id, state);
CREATE INDEX assignments_by_reminder ON assignments (remind_after);
CREATE INDEX assignments_by_handler ON assignments (handler_id);

CREATE TABLE agreements (
    id TEXT PRIMARY KEY NOT NULL,
    assignment_id TEXT NOT NULL REFERENCES assignments (id),
    number INTEGER NOT NULL,
    state TEXT NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE UNIQUE INDEX agreements_by_assignment ON agreements (assignment_id, number);
CREATE UNIQUE INDEX agreements_one_drafting ON agreements (assignment_id) WHERE state = 'drafting';
CREATE UNIQUE INDEX agreements_one_in_force ON agreements (assignment_id) WHERE state = 'in_force';

CREATE TABLE deliveries (
    id TEXT PRIMARY KEY NOT NULL,
    assignment_id TEXT NOT NULL REFERENCES assignments (id),
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE INDEX deliveries_by_assignment ON deliveries (assignment_id);
