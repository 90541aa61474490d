ALTER TABLE fee_forms DROP COLUMN packaged;
