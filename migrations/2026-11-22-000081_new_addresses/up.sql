ALTER TABLE people ADD COLUMN new_email_key TEXT;

CREATE INDEX people_by_new_email ON people (new_email_key) WHERE new_email_key IS NOT NULL;
