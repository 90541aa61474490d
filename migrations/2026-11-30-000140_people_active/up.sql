-- Those who have left are sent nothing, also of what had been waiting to be sent, and nothing is passed on to them, whatever
-- roles they are found to hold.
ALTER TABLE people ADD COLUMN active BOOLEAN;
UPDATE people SET active = TRUE;
UPDATE people SET active = FALSE WHERE body LIKE '%"state":"deactivated","record":%';
