-- In which deliveries a document is, and for which task: whoever may know of the task may read the file that was delivered.
CREATE TABLE delivered_documents (
    document_id TEXT NOT NULL REFERENCES documents (id),
    delivery_id TEXT NOT NULL REFERENCES deliveries (id),
    assignment_id TEXT NOT NULL REFERENCES assignments (id),
    PRIMARY KEY (document_id, delivery_id)
);
INSERT INTO delivered_documents (document_id, delivery_id, assignment_id)
    SELECT documents.id, deliveries.id, deliveries.assignment_id FROM documents
    INNER JOIN deliveries ON deliveries.body LIKE '%"document":"' || documents.id || '"%';
