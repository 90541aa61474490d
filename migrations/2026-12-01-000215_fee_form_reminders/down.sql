DROP INDEX fee_forms_by_reminder;
ALTER TABLE fee_forms DROP COLUMN remind_after;
