DROP TABLE secrets;
DROP TABLE leases;
