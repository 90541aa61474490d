DROP TABLE supervision_invitations;
DROP TABLE supervision_sessions;
