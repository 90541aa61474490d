-- The last day of the work of a node, its own or the one of a node above it: roles that were given there count no longer.
CREATE TABLE endings (
    node_id TEXT PRIMARY KEY NOT NULL REFERENCES nodes (id),
    last_day DATE NOT NULL
);
-- What ended before is at the end of what is kept of a node.
INSERT INTO endings (node_id, last_day)
    SELECT below.id, MIN(DATE(SUBSTR(ended.body, LENGTH(ended.body) - 12, 10))) FROM nodes AS ended
    INNER JOIN nodes AS below ON below.path LIKE ended.path || '%'
    WHERE ended.body LIKE '%"ended":"____-__-__"}}'
    GROUP BY below.id;
