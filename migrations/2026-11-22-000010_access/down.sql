DROP TABLE concerns;
DROP TABLE notices;
DROP TABLE access_requests;
DROP TABLE decisions;
