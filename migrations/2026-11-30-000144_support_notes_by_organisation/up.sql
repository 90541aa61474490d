-- A note is for the organisation that wrote it. Which one that was is not on record: it is taken to be the one that supports now.
ALTER TABLE support_notes ADD COLUMN handler_id TEXT REFERENCES nodes (id);
UPDATE support_notes SET handler_id = (SELECT handler_id FROM experts WHERE experts.id = support_notes.expert_id);
