INSERT INTO counters (name) VALUES ('seven');
INSERT INTO counters VALUES (12, 'twelve');
