DROP TABLE compilations;
DROP TABLE question_sets;
