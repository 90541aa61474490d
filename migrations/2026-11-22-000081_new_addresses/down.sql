DROP INDEX people_by_new_email;

ALTER TABLE people DROP COLUMN new_email_key;
