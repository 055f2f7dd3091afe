CREATE SCHEMA IF NOT EXISTS public;
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS people (id integer);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS people_of_old (id integer);
--> statement-breakpoint
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.rank = NEW.rank + 1; RETURN NEW; END $$;
--> statement-breakpoint
CREATE TRIGGER touching BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION touch();
