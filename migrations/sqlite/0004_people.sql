-- Expands: programs that know schema 4 go on beside it.
-- requires: 4
CREATE TABLE `rate_limit` (
	`key` text PRIMARY KEY NOT NULL,
	`points` integer NOT NULL,
	`expire` integer
);
--> statement-breakpoint
ALTER TABLE `user_account` ADD `must_change_password` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `user_account` ADD `deactivated_at` text;