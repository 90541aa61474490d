DROP TABLE payroll_identities;
DROP TABLE fee_schedules;
