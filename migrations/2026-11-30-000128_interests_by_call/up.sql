-- Those whom an open call interests are asked for by it.
CREATE INDEX interests_by_call ON interests (call_id);
