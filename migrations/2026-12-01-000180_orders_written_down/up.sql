-- In which role, and where, an order was written down for somebody without an account: it counts while that role is held there.
ALTER TABLE orders ADD COLUMN written_as TEXT;
ALTER TABLE orders ADD COLUMN written_at_id TEXT REFERENCES nodes (id);
-- Of older orders it is not on record, but for those whose orderer wrote them down and that name a caller. They are taken to be
-- written down at the unit, unless the audit trail names the organisation whose broker did so.
UPDATE orders SET written_at_id = node_id WHERE orderer_id = entered_by_id AND body LIKE '%"caller":{%';
UPDATE orders SET written_at_id = (
    SELECT MIN(nodes.id) FROM audit_events INNER JOIN nodes ON nodes.id = audit_events.node_id
    WHERE audit_events.operation = 'create_order' AND audit_events.thing_id = orders.id
    AND audit_events.person_id = orders.entered_by_id
)
WHERE written_at_id IS NOT NULL AND 1 = (
    SELECT COUNT(DISTINCT nodes.id) FROM audit_events INNER JOIN nodes ON nodes.id = audit_events.node_id
    WHERE audit_events.operation = 'create_order' AND audit_events.thing_id = orders.id
    AND audit_events.person_id = orders.entered_by_id
);
-- At the unit only a liaison writes orders down for others; an orderer who has named a caller is none there, and gains nothing.
UPDATE orders SET written_as = 'liaison' WHERE written_at_id = node_id;
UPDATE orders SET written_as = 'broker' WHERE written_at_id <> node_id;
UPDATE orders SET body = SUBSTR(body, 1, LENGTH(body) - 1)
    || ',"written_down":{"role":"' || written_as || '","at":"' || written_at_id || '"}}'
WHERE written_at_id IS NOT NULL;
-- What nothing asks for is in the body alone.
ALTER TABLE orders DROP COLUMN entered_by_id;
ALTER TABLE orders DROP COLUMN taken_at;
