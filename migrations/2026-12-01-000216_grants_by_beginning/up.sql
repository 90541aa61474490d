CREATE INDEX grants_by_beginning ON grants (from_day);
