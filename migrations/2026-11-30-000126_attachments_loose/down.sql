DROP INDEX attachments_by_thing;
CREATE INDEX attachments_by_thing ON attachments (thing_id);
