-- Since when a message waits for somebody to put right what keeps it from being sent: its address, or the row itself.
ALTER TABLE notices ADD COLUMN set_aside_at TIMESTAMP;
ALTER TABLE mails ADD COLUMN set_aside_at TIMESTAMP;
