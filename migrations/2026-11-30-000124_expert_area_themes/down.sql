DELETE FROM expert_codes WHERE kind = 'area_theme';
