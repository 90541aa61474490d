-- What payroll has of a form stays listed while the unit and the expert look at it anew. What was handled again before this was
-- kept apart is with payroll once it is approved anew.
ALTER TABLE fee_forms ADD COLUMN packaged BOOLEAN;
UPDATE fee_forms SET packaged = FALSE;
UPDATE fee_forms SET packaged = TRUE WHERE state IN ('approved', 'handed_over', 'queried', 'paid');
