DROP INDEX expert_codes_by_code;
CREATE INDEX expert_codes_by_code ON expert_codes (kind, code);
