INSERT INTO notes (body) VALUES ('one'), ('two');
INSERT INTO notes (body) VALUES ('three');