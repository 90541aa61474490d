-- Which organisation wrote an older note was on record after all: who wrote it did so as a broker of the organisation that the
-- audit trail names, whichever supports the expert now. Where the trail says nothing, or names several, it stays as it was taken.
UPDATE support_notes SET handler_id = (
    SELECT MIN(nodes.id) FROM audit_events INNER JOIN nodes ON nodes.id = audit_events.node_id
    WHERE audit_events.operation = 'write_support_note' AND audit_events.thing_id = support_notes.expert_id
    AND support_notes.body LIKE '%"author":"' || audit_events.person_id || '"%'
)
WHERE body NOT LIKE '%"organisation":"%' AND 1 = (
    SELECT COUNT(DISTINCT nodes.id) FROM audit_events INNER JOIN nodes ON nodes.id = audit_events.node_id
    WHERE audit_events.operation = 'write_support_note' AND audit_events.thing_id = support_notes.expert_id
    AND support_notes.body LIKE '%"author":"' || audit_events.person_id || '"%'
);
