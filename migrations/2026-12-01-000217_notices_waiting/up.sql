-- What waits is counted every few seconds, and there is much of it when the mail server is away: the index alone tells enough.
DROP INDEX notices_to_send;
CREATE INDEX notices_to_send ON notices (channel, next_try_at, person_id, sent_at, set_aside_at, dropped_at, id) WHERE sent_at IS NULL;
