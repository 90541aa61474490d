DROP INDEX orders_by_orderer;
CREATE INDEX orders_by_entry ON orders (entered_by_id);
