-- What else an expert is to do at the time of an offer.
DROP INDEX assignments_by_person;
CREATE INDEX assignments_by_person ON assignments (person_id, ends_at);
