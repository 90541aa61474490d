DROP TABLE development_actions;
DROP TABLE steering_meetings;
DROP TABLE steering_groups;
