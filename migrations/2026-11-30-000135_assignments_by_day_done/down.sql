DROP INDEX assignments_by_day_done;
ALTER TABLE assignments DROP COLUMN performed_on;
