DROP INDEX concerns_by_handler;
ALTER TABLE concerns DROP COLUMN handler_id;
