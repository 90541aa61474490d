-- What a notice about one of many messages in the same place is about, so that the next one need not be told as long as this is unread.
ALTER TABLE notices ADD COLUMN talk TEXT;
CREATE INDEX notices_of_talk ON notices (person_id, talk) WHERE talk IS NOT NULL;
