-- A form that was never submitted is its writer's own, also once it has been withdrawn.
ALTER TABLE fee_forms ADD COLUMN submitted BOOLEAN;
UPDATE fee_forms SET submitted = TRUE;
UPDATE fee_forms SET submitted = FALSE
    WHERE state = 'draft' OR (state = 'withdrawn' AND body NOT LIKE '%"action":"submit"%');

-- Whoever waited for their turn and was never asked does not know of it.
UPDATE offers SET seen_by_id = NULL WHERE expires_at IS NULL;
