DROP INDEX notices_to_send;
CREATE INDEX notices_to_send ON notices (channel, next_try_at) WHERE sent_at IS NULL;
