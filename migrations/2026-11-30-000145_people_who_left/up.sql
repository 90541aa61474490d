-- Nothing is passed on to whoever has left, whatever roles they are found to hold.
ALTER TABLE people ADD COLUMN active BOOLEAN;
UPDATE people SET active = TRUE;
UPDATE people SET active = FALSE WHERE body LIKE '%"state":"deactivated","record":%';
