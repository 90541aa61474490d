-- An open call is for the experts who chose the area of its unit. The nation is the audience of those in no area.
ALTER TABLE open_calls ADD COLUMN audience_id TEXT REFERENCES nodes (id);

UPDATE open_calls SET audience_id = node_id;

UPDATE open_calls SET audience_id = (SELECT id FROM nodes WHERE parent_id IS NULL)
WHERE node_id NOT IN (
    SELECT below.id FROM nodes AS below JOIN nodes AS area ON below.path LIKE area.path || '%' WHERE area.level = 'area'
);
