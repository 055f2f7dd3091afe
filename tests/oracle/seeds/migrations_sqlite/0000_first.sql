CREATE TABLE `notes` (`id` integer PRIMARY KEY, `body` text NOT NULL);
--> statement-breakpoint
INSERT INTO notes (body) VALUES ('one');