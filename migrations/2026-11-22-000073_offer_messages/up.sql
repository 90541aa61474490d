CREATE TABLE offer_messages (
    id TEXT PRIMARY KEY NOT NULL,
    offer_id TEXT NOT NULL REFERENCES offers (id),
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE INDEX offer_messages_by_offer ON offer_messages (offer_id);
