CREATE TYPE "public"."mood" AS ENUM('sad', 'it''s');--> statement-breakpoint
CREATE TABLE "users" (
	"id" serial PRIMARY KEY NOT NULL, -- the key; really
	"name" text DEFAULT E'a\'b;' NOT NULL
);
--> statement-breakpoint
CREATE OR REPLACE FUNCTION f(a int) RETURNS int BEGIN ATOMIC SELECT CASE WHEN a > 0 THEN 1 END; SELECT 2; END;
CREATE FUNCTION g() RETURNS trigger AS $body$ BEGIN NEW.at := now(); RETURN NEW; END; $body$ LANGUAGE plpgsql;
DO $$ BEGIN PERFORM 1; END $$; /* outer /* inner */ ; */
CREATE INDEX CONCURRENTLY "i" ON "users" ("name");
ALTER TYPE "mood" ADD VALUE 'ok' BEFORE 'sad';
BEGIN; INSERT INTO t VALUES ($1, U&'d\0061t'); COMMIT;
CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2);
