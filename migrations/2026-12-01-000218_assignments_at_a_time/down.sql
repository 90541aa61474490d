DROP INDEX assignments_by_person;
CREATE INDEX assignments_by_person ON assignments (person_id);
