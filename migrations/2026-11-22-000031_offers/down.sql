DROP TABLE interests;
DROP TABLE open_calls;
DROP TABLE sourcing_requests;
DROP TABLE messages;
DROP TABLE offers;
