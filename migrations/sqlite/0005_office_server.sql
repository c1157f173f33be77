-- Expands: programs that know schema 4 go on beside it.
-- requires: 4
CREATE TABLE `api_key` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`prefix` text NOT NULL,
	`key_sha256` text NOT NULL,
	`role` text NOT NULL,
	`companies` text,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`expires_at` text,
	`last_used_at` text,
	`revoked_at` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_key_sha256` ON `api_key` (`key_sha256`);--> statement-breakpoint
CREATE TABLE `one_time_token` (
	`token_sha256` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`details` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `webhook` (
	`id` text PRIMARY KEY NOT NULL,
	`url` text NOT NULL,
	`sealed_secret` text NOT NULL,
	`events` text NOT NULL,
	`companies` text,
	`active` integer NOT NULL,
	`created_at` text NOT NULL,
	`created_by` text NOT NULL,
	`cursor` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `webhook_delivery` (
	`id` text PRIMARY KEY NOT NULL,
	`webhook_id` text NOT NULL,
	`event` text NOT NULL,
	`audit_seq` integer,
	`company_id` text,
	`body` text NOT NULL,
	`state` text NOT NULL,
	`tries` integer NOT NULL,
	`next_at` text NOT NULL,
	`lease_until` text,
	`http_status` integer,
	`problem` text,
	`created_at` text NOT NULL,
	`finished_at` text,
	FOREIGN KEY (`webhook_id`) REFERENCES `webhook`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`company_id`) REFERENCES `company`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `webhook_delivery_next` ON `webhook_delivery` (`state`,`next_at`);--> statement-breakpoint
CREATE INDEX `webhook_delivery_page` ON `webhook_delivery` (`webhook_id`,`created_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `webhook_delivery_once` ON `webhook_delivery` (`webhook_id`,`audit_seq`);--> statement-breakpoint
ALTER TABLE `user_account` ADD `companies` text;--> statement-breakpoint
ALTER TABLE `user_account` ADD `sealed_totp_secret` text;--> statement-breakpoint
ALTER TABLE `user_account` ADD `totp_step` integer;--> statement-breakpoint
ALTER TABLE `user_account` ADD `oidc_subject` text;--> statement-breakpoint
CREATE UNIQUE INDEX `user_oidc_subject` ON `user_account` (`oidc_subject`);