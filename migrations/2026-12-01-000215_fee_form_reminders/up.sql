ALTER TABLE fee_forms ADD COLUMN remind_after DATE;

CREATE INDEX fee_forms_by_reminder ON fee_forms (remind_after);
