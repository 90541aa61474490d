ALTER TABLE support_notes DROP COLUMN handler_id;
