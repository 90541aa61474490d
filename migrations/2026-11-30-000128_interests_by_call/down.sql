DROP INDEX interests_by_call;
