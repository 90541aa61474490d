-- What is asked every few seconds, or by somebody who has few things among many, is found by an index. SQLite uses one that has
-- a condition of its own only where the query says the same in so many words, and a parameter does not.
DROP INDEX offers_to_expire;
CREATE INDEX offers_to_expire ON offers (state, expires_at);
CREATE INDEX offers_by_node ON offers (node_id);
CREATE INDEX offers_by_handler ON offers (handler_id);
CREATE INDEX open_calls_by_order ON open_calls (order_id);
CREATE INDEX interests_by_person ON interests (person_id, state);
CREATE INDEX orders_by_state ON orders (state, id);
CREATE INDEX fee_forms_by_state ON fee_forms (state, id);
CREATE INDEX audit_events_by_behalf ON audit_events (behalf_id, id) WHERE behalf_id IS NOT NULL;
CREATE INDEX grants_by_end ON grants (until_day);
CREATE INDEX sessions_by_person ON sessions (person_id);
CREATE INDEX sessions_by_end ON sessions (expires_at);
CREATE INDEX sign_in_codes_by_end ON sign_in_codes (expires_at);
