DROP TABLE audience_feedback;
DROP TABLE feedback;
