ALTER TABLE mails DROP COLUMN set_aside_at;
ALTER TABLE notices DROP COLUMN set_aside_at;
