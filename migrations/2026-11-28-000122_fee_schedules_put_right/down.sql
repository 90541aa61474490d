DROP INDEX fee_schedules_of_node;
-- Of those that begin on the same day, only the last one ever counted.
DELETE FROM fee_schedules WHERE EXISTS (
    SELECT 1 FROM fee_schedules AS later
    WHERE later.node_id = fee_schedules.node_id AND later.valid_from = fee_schedules.valid_from AND later.id > fee_schedules.id
);
CREATE UNIQUE INDEX fee_schedules_begin_once ON fee_schedules (node_id, valid_from);
