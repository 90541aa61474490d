CREATE TABLE fee_forms (
    id TEXT PRIMARY KEY NOT NULL,
    assignment_id TEXT NOT NULL REFERENCES assignments (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    node_id TEXT NOT NULL REFERENCES nodes (id),
    payer_id TEXT NOT NULL REFERENCES nodes (id),
    corrects_id TEXT REFERENCES fee_forms (id),
    state TEXT NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE UNIQUE INDEX fee_forms_once_per_assignment ON fee_forms (assignment_id)
    WHERE corrects_id IS NULL AND state <> 'withdrawn';
CREATE UNIQUE INDEX fee_forms_corrected_once ON fee_forms (corrects_id)
    WHERE corrects_id IS NOT NULL AND state <> 'withdrawn';
CREATE INDEX fee_forms_by_assignment ON fee_forms (assignment_id);
CREATE INDEX fee_forms_by_person ON fee_forms (person_id);
CREATE INDEX fee_forms_by_node ON fee_forms (node_id, state);
CREATE INDEX fee_forms_by_payer ON fee_forms (payer_id, state);
