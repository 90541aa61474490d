CREATE TABLE nodes (
    id TEXT PRIMARY KEY NOT NULL,
    path TEXT NOT NULL UNIQUE,
    parent_id TEXT REFERENCES nodes (id),
    level TEXT NOT NULL,
    kind TEXT,
    area_code TEXT UNIQUE,
    y_tunnus TEXT,
    name_key TEXT NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE INDEX nodes_by_parent ON nodes (parent_id);

CREATE TABLE people (
    id TEXT PRIMARY KEY NOT NULL,
    node_id TEXT NOT NULL REFERENCES nodes (id),
    email_key TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE INDEX people_by_node ON people (node_id);

CREATE TABLE grants (
    id TEXT PRIMARY KEY NOT NULL,
    person_id TEXT NOT NULL REFERENCES people (id),
    node_id TEXT NOT NULL REFERENCES nodes (id),
    role TEXT NOT NULL,
    from_day DATE NOT NULL,
    until_day DATE,
    ended_at TIMESTAMP,
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE INDEX grants_by_person ON grants (person_id);
CREATE INDEX grants_by_node ON grants (node_id, role);

CREATE TABLE delegations (
    expert_person_id TEXT NOT NULL REFERENCES people (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    power TEXT NOT NULL,
    PRIMARY KEY (expert_person_id, person_id, power)
);

CREATE INDEX delegations_by_person ON delegations (person_id);

CREATE TABLE clients (
    id TEXT PRIMARY KEY NOT NULL,
    area_id TEXT NOT NULL REFERENCES nodes (id),
    secret_digest TEXT NOT NULL,
    revoked_at TIMESTAMP,
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE TABLE signing_keys (
    id TEXT PRIMARY KEY NOT NULL,
    sealed_private BYTEA NOT NULL,
    created_at TIMESTAMP NOT NULL,
    retired_at TIMESTAMP
);

CREATE TABLE sign_in_codes (
    id TEXT PRIMARY KEY NOT NULL,
    email_digest TEXT NOT NULL,
    address_digest TEXT NOT NULL,
    code_digest TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    attempts INTEGER NOT NULL,
    used_at TIMESTAMP
);

CREATE INDEX sign_in_codes_by_email ON sign_in_codes (email_digest, created_at);
CREATE INDEX sign_in_codes_by_address ON sign_in_codes (address_digest, created_at);

CREATE TABLE sessions (
    id TEXT PRIMARY KEY NOT NULL,
    person_id TEXT NOT NULL REFERENCES people (id),
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    revoked_at TIMESTAMP
);

CREATE TABLE refresh_tokens (
    digest TEXT PRIMARY KEY NOT NULL,
    session_id TEXT NOT NULL REFERENCES sessions (id),
    issued_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP
);

CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);

CREATE TABLE idempotency_keys (
    id TEXT PRIMARY KEY NOT NULL,
    fingerprint TEXT NOT NULL,
    sealed_answer BYTEA,
    created_at TIMESTAMP NOT NULL
);

CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
