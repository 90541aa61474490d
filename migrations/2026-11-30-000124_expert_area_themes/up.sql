-- Most searches name an area and a theme. Each pair is a code of its own, so that only those who have both are read.
INSERT INTO expert_codes (expert_id, kind, code)
SELECT area.expert_id, 'area_theme', area.code || '/' || theme.code
FROM expert_codes area
JOIN expert_codes theme ON theme.expert_id = area.expert_id AND theme.kind = 'theme'
WHERE area.kind = 'area';
