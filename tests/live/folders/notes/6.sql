CREATE VIEW short AS SELECT id, substr(body, 1, 10) AS start FROM notes;
--> statement-breakpoint
CREATE TRIGGER shorten AFTER INSERT ON notes BEGIN UPDATE notes SET body = trim(body) WHERE id = NEW.id; END;
