DROP TABLE delivered_documents;
