CREATE TABLE decisions (
    id TEXT PRIMARY KEY NOT NULL,
    node_id TEXT NOT NULL REFERENCES nodes (id),
    from_day DATE NOT NULL,
    until_day DATE,
    state TEXT NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE INDEX decisions_by_node ON decisions (node_id);

CREATE TABLE access_requests (
    id TEXT PRIMARY KEY NOT NULL,
    area_id TEXT NOT NULL REFERENCES nodes (id),
    state TEXT NOT NULL,
    email_key TEXT NOT NULL,
    address_digest TEXT NOT NULL,
    submitted_at TIMESTAMP NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE INDEX access_requests_by_area ON access_requests (area_id, state);
CREATE INDEX access_requests_by_email ON access_requests (email_key, submitted_at);
CREATE INDEX access_requests_by_address ON access_requests (address_digest, submitted_at);

CREATE TABLE notices (
    id TEXT PRIMARY KEY NOT NULL,
    person_id TEXT NOT NULL REFERENCES people (id),
    channel TEXT NOT NULL,
    sent_at TIMESTAMP,
    read_at TIMESTAMP,
    next_try_at TIMESTAMP NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE INDEX notices_by_person ON notices (person_id);
CREATE INDEX notices_to_send ON notices (channel, next_try_at) WHERE sent_at IS NULL;

CREATE TABLE concerns (
    id TEXT PRIMARY KEY NOT NULL,
    node_id TEXT NOT NULL REFERENCES nodes (id),
    raised_by TEXT NOT NULL REFERENCES people (id),
    state TEXT NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE INDEX concerns_by_node ON concerns (node_id);
CREATE INDEX concerns_by_person ON concerns (raised_by);
