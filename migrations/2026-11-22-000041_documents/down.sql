DROP TABLE acknowledgements;
DROP TABLE documents;
