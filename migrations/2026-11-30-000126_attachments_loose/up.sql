-- The oldest of those files that are attached to nothing come first.
DROP INDEX attachments_by_thing;
CREATE INDEX attachments_by_thing ON attachments (thing_id, id);
