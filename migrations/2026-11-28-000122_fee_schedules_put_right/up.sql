-- A slip in a schedule is put right by another one from the same day: the one that was added last counts.
DROP INDEX fee_schedules_begin_once;
CREATE INDEX fee_schedules_of_node ON fee_schedules (node_id, valid_from);
