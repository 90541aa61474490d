CREATE TABLE feedback (
    id TEXT PRIMARY KEY NOT NULL,
    assignment_id TEXT NOT NULL REFERENCES assignments (id),
    node_id TEXT NOT NULL REFERENCES nodes (id),
    side TEXT NOT NULL,
    question_set_id TEXT NOT NULL REFERENCES question_sets (id),
    promises BOOLEAN NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE UNIQUE INDEX feedback_once_per_side ON feedback (assignment_id, side);
CREATE INDEX feedback_by_node ON feedback (node_id);

CREATE TABLE audience_feedback (
    id TEXT PRIMARY KEY NOT NULL,
    assignment_id TEXT NOT NULL UNIQUE REFERENCES assignments (id),
    node_id TEXT NOT NULL REFERENCES nodes (id),
    question_set_id TEXT NOT NULL REFERENCES question_sets (id),
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);
