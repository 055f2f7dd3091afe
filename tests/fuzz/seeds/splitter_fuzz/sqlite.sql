PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_users` (
	`id` integer PRIMARY KEY NOT NULL,
	[name] text DEFAULT 'a;''b' NOT NULL
);
--> statement-breakpoint
INSERT INTO `__new_users`("id", "name") SELECT "id", "name" FROM `users`;--> statement-breakpoint
DROP TABLE `users`;--> statement-breakpoint
ALTER TABLE `__new_users` RENAME TO `users`;--> statement-breakpoint
CREATE TRIGGER g AFTER INSERT ON users BEGIN UPDATE users SET name = CASE WHEN 1 THEN 'x;' END; DELETE FROM log; END;
PRAGMA foreign_keys=ON;
