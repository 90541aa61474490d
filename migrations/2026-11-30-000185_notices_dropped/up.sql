-- Since when a notice is not to be sent any more: what it tells of does not wait any more.
ALTER TABLE notices ADD COLUMN dropped_at TIMESTAMP;
