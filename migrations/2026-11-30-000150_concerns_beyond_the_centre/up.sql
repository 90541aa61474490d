-- Whoever raises a concern about the centre itself can have it read by those who run the installation instead.
ALTER TABLE concerns ADD COLUMN handler_id TEXT REFERENCES nodes (id);
CREATE INDEX concerns_by_handler ON concerns (handler_id);
