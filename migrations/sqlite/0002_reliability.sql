CREATE TABLE `backup_run` (
	`id` text PRIMARY KEY NOT NULL,
	`started_at` text NOT NULL,
	`finished_at` text NOT NULL,
	`target` text NOT NULL,
	`bytes` integer NOT NULL,
	`documents` integer NOT NULL,
	`verified` integer NOT NULL,
	`problem` text
);
--> statement-breakpoint
CREATE INDEX `backup_run_finished` ON `backup_run` (`finished_at`);--> statement-breakpoint
CREATE TABLE `road` (
	`id` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`changed_at` text NOT NULL,
	`changed_by` text NOT NULL,
	`probe_at` text,
	`failures` integer NOT NULL,
	`successes` integer NOT NULL,
	`trips` integer NOT NULL,
	`window_started_at` text,
	`window_total` integer NOT NULL,
	`window_failed` integer NOT NULL,
	`concurrency` integer NOT NULL,
	`concurrency_changed_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `setting` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`changed_at` text NOT NULL,
	`changed_by` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `writer_lease` (
	`id` text PRIMARY KEY NOT NULL,
	`owner` text NOT NULL,
	`host` text NOT NULL,
	`pid` integer NOT NULL,
	`leased_until` text NOT NULL
);
--> statement-breakpoint
ALTER TABLE `attempt` ADD `cause` text;--> statement-breakpoint
ALTER TABLE `chain` ADD `archived_icv` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `csid` ADD `key_id` text REFERENCES key_envelope(id);--> statement-breakpoint
ALTER TABLE `outbox` ADD `lease_owner` text;--> statement-breakpoint
ALTER TABLE `unit` ADD `claimed_until` text;--> statement-breakpoint
CREATE INDEX `outbox_deadline` ON `outbox` (`deadline_at`);