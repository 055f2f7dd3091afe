CREATE TABLE "notes" ("id" serial PRIMARY KEY, "body" text NOT NULL);--> statement-breakpoint
CREATE INDEX "notes_body" ON "notes" ("body");