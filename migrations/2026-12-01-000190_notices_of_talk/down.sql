DROP INDEX notices_of_talk;
ALTER TABLE notices DROP COLUMN talk;
