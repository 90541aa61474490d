CREATE TABLE experts (
    id TEXT PRIMARY KEY NOT NULL,
    person_id TEXT NOT NULL UNIQUE REFERENCES people (id),
    node_id TEXT NOT NULL REFERENCES nodes (id),
    handler_id TEXT REFERENCES nodes (id),
    card_id TEXT NOT NULL UNIQUE,
    public_card_id TEXT NOT NULL UNIQUE,
    findable BOOLEAN NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE INDEX experts_by_node ON experts (node_id);
CREATE INDEX experts_by_handler ON experts (handler_id);

CREATE TABLE expert_codes (
    expert_id TEXT NOT NULL REFERENCES experts (id),
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    PRIMARY KEY (expert_id, kind, code)
);

CREATE INDEX expert_codes_by_code ON expert_codes (kind, code);

CREATE TABLE bank_searches (
    id TEXT PRIMARY KEY NOT NULL,
    order_id TEXT NOT NULL,
    by_id TEXT NOT NULL REFERENCES people (id),
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE INDEX bank_searches_by_order ON bank_searches (order_id);

CREATE TABLE lookups (
    id TEXT PRIMARY KEY NOT NULL,
    expert_id TEXT NOT NULL REFERENCES experts (id),
    order_id TEXT NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE INDEX lookups_by_expert ON lookups (expert_id);

CREATE TABLE disclosures (
    id TEXT PRIMARY KEY NOT NULL,
    expert_id TEXT NOT NULL REFERENCES experts (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    node_id TEXT NOT NULL REFERENCES nodes (id),
    order_id TEXT NOT NULL,
    assignment_id TEXT NOT NULL UNIQUE,
    disclosed_at TIMESTAMP NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE INDEX disclosures_by_expert ON disclosures (expert_id, disclosed_at);
CREATE INDEX disclosures_by_person ON disclosures (person_id);
CREATE INDEX disclosures_by_node ON disclosures (node_id);
CREATE INDEX disclosures_by_order ON disclosures (order_id);

CREATE TABLE support_notes (
    id TEXT PRIMARY KEY NOT NULL,
    expert_id TEXT NOT NULL REFERENCES experts (id),
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE INDEX support_notes_by_expert ON support_notes (expert_id);

CREATE TABLE sealed_parts (
    id TEXT PRIMARY KEY NOT NULL,
    sealed BYTEA NOT NULL
);

CREATE TABLE attachments (
    id TEXT PRIMARY KEY NOT NULL,
    uploader_id TEXT NOT NULL REFERENCES people (id),
    thing_id TEXT,
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE INDEX attachments_by_thing ON attachments (thing_id);
CREATE INDEX attachments_by_uploader ON attachments (uploader_id);

CREATE TABLE attachment_contents (
    id TEXT PRIMARY KEY NOT NULL REFERENCES attachments (id),
    content BYTEA NOT NULL
);

CREATE TABLE task_types (
    id TEXT PRIMARY KEY NOT NULL,
    node_id TEXT NOT NULL REFERENCES nodes (id),
    code TEXT NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL,
    UNIQUE (node_id, code)
);
