ALTER TABLE orders ADD COLUMN taken_at TIMESTAMP;
ALTER TABLE orders ADD COLUMN entered_by_id TEXT REFERENCES people (id);
UPDATE orders SET entered_by_id = (SELECT people.id FROM people WHERE orders.body LIKE '%"entered_by":"' || people.id || '"%');
ALTER TABLE orders DROP COLUMN written_at_id;
ALTER TABLE orders DROP COLUMN written_as;
