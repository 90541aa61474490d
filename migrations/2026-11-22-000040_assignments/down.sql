DROP TABLE deliveries;
DROP TABLE agreements;
DROP TABLE assignments;
