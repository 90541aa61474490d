CREATE TABLE question_sets (
    id TEXT PRIMARY KEY NOT NULL,
    node_id TEXT NOT NULL REFERENCES nodes (id),
    side TEXT NOT NULL,
    number INTEGER NOT NULL,
    state TEXT NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE UNIQUE INDEX question_sets_by_number ON question_sets (node_id, side, number);
CREATE UNIQUE INDEX question_sets_one_published ON question_sets (node_id, side)
    WHERE state = 'published';

CREATE TABLE compilations (
    id TEXT PRIMARY KEY NOT NULL,
    area_id TEXT NOT NULL REFERENCES nodes (id),
    year INTEGER NOT NULL,
    number INTEGER,
    state TEXT NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE UNIQUE INDEX compilations_by_number ON compilations (area_id, year, number)
    WHERE number IS NOT NULL;
CREATE UNIQUE INDEX compilations_one_draft ON compilations (area_id, year) WHERE state = 'draft';
CREATE UNIQUE INDEX compilations_one_published ON compilations (area_id, year)
    WHERE state = 'published';
