ALTER TABLE notices DROP COLUMN dropped_at;
