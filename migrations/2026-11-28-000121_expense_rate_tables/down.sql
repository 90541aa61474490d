DROP TABLE expense_rate_tables;
