DROP TABLE offer_messages;
