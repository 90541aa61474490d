CREATE TABLE steering_groups (
    id TEXT PRIMARY KEY NOT NULL,
    area_id TEXT NOT NULL REFERENCES nodes (id),
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE INDEX steering_groups_by_area ON steering_groups (area_id);

CREATE TABLE steering_meetings (
    id TEXT PRIMARY KEY NOT NULL,
    group_id TEXT NOT NULL REFERENCES steering_groups (id),
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE INDEX steering_meetings_by_group ON steering_meetings (group_id);

CREATE TABLE development_actions (
    id TEXT PRIMARY KEY NOT NULL,
    area_id TEXT NOT NULL REFERENCES nodes (id),
    group_id TEXT NOT NULL REFERENCES steering_groups (id),
    state TEXT NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL
);

CREATE INDEX development_actions_by_area ON development_actions (area_id, state);
