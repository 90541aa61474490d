ALTER TABLE open_calls DROP COLUMN audience_id;
