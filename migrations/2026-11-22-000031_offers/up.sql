CREATE TABLE offers (
    id TEXT PRIMARY KEY NOT NULL,
    order_id TEXT NOT NULL REFERENCES orders (id),
    node_id TEXT NOT NULL REFERENCES nodes (id),
    handler_id TEXT REFERENCES nodes (id),
    expert_id TEXT NOT NULL REFERENCES experts (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    seen_by_id TEXT REFERENCES people (id),
    state TEXT NOT NULL,
    expires_at TIMESTAMP,
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE UNIQUE INDEX offers_once ON offers (order_id, expert_id)
    WHERE state IN ('waiting', 'sent', 'accepted');
CREATE INDEX offers_by_order ON offers (order_id);
CREATE INDEX offers_by_seer ON offers (seen_by_id);
CREATE INDEX offers_by_person ON offers (person_id, state);
CREATE INDEX offers_to_expire ON offers (expires_at) WHERE state = 'sent';

CREATE TABLE messages (
    id TEXT PRIMARY KEY NOT NULL,
    order_id TEXT NOT NULL REFERENCES orders (id),
    offer_id TEXT REFERENCES offers (id),
    author_id TEXT NOT NULL REFERENCES people (id),
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE INDEX messages_by_order ON messages (order_id);

CREATE TABLE sourcing_requests (
    id TEXT PRIMARY KEY NOT NULL,
    order_id TEXT NOT NULL REFERENCES orders (id),
    node_id TEXT NOT NULL REFERENCES nodes (id),
    organisation_id TEXT NOT NULL REFERENCES nodes (id),
    asked_by_id TEXT NOT NULL REFERENCES people (id),
    state TEXT NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE INDEX sourcing_requests_by_order ON sourcing_requests (order_id);
CREATE INDEX sourcing_requests_by_organisation ON sourcing_requests (organisation_id);

CREATE TABLE open_calls (
    id TEXT PRIMARY KEY NOT NULL,
    order_id TEXT NOT NULL REFERENCES orders (id),
    node_id TEXT NOT NULL REFERENCES nodes (id),
    handler_id TEXT REFERENCES nodes (id),
    state TEXT NOT NULL,
    deadline TIMESTAMP NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE UNIQUE INDEX open_calls_once ON open_calls (order_id) WHERE state = 'open';

CREATE TABLE interests (
    id TEXT PRIMARY KEY NOT NULL,
    call_id TEXT NOT NULL REFERENCES open_calls (id),
    node_id TEXT NOT NULL REFERENCES nodes (id),
    handler_id TEXT REFERENCES nodes (id),
    expert_id TEXT NOT NULL REFERENCES experts (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    state TEXT NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE UNIQUE INDEX interests_once ON interests (call_id, expert_id) WHERE state <> 'withdrawn';
