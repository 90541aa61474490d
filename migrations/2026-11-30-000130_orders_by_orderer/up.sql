-- Who answers for an order sees it, and not who entered it for them.
DROP INDEX orders_by_entry;
CREATE INDEX orders_by_orderer ON orders (orderer_id);
