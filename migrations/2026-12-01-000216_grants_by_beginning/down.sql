DROP INDEX grants_by_beginning;
