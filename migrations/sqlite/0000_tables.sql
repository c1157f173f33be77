CREATE TABLE `attempt` (
	`document_id` text NOT NULL,
	`fence` integer NOT NULL,
	`endpoint` text NOT NULL,
	`started_at` text NOT NULL,
	`finished_at` text,
	`request_sha256` text NOT NULL,
	`verdict` text,
	`http_status` integer,
	`response` text,
	PRIMARY KEY(`document_id`, `fence`),
	FOREIGN KEY (`document_id`) REFERENCES `document`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `audit` (
	`seq` integer PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`subject` text NOT NULL,
	`details` text NOT NULL,
	`prev_hash` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_subject` ON `audit` (`subject`,`seq`);--> statement-breakpoint
CREATE UNIQUE INDEX `audit_prev_hash` ON `audit` (`prev_hash`);--> statement-breakpoint
CREATE TABLE `chain` (
	`id` text PRIMARY KEY NOT NULL,
	`unit_id` text NOT NULL,
	`epoch` integer NOT NULL,
	`state` text NOT NULL,
	`last_icv` integer NOT NULL,
	`last_hash` text NOT NULL,
	`last_sealed_at` text,
	`frozen_reason` text,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `chain_one_active` ON `chain` (`unit_id`) WHERE state = 'active';--> statement-breakpoint
CREATE UNIQUE INDEX `chain_epoch` ON `chain` (`unit_id`,`epoch`);--> statement-breakpoint
CREATE TABLE `company` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`vat_number` text NOT NULL,
	`party` text NOT NULL,
	`industry` text NOT NULL,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `company_vat_number` ON `company` (`vat_number`);--> statement-breakpoint
CREATE TABLE `compliance_document` (
	`unit_id` text NOT NULL,
	`csid_id` text NOT NULL,
	`kind` text NOT NULL,
	`profile` text NOT NULL,
	`passed` integer NOT NULL,
	`findings` text NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`csid_id`, `kind`, `profile`),
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`csid_id`) REFERENCES `csid`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `csid` (
	`id` text PRIMARY KEY NOT NULL,
	`unit_id` text NOT NULL,
	`purpose` text NOT NULL,
	`request_id` text NOT NULL,
	`token` text NOT NULL,
	`sealed_secret` text NOT NULL,
	`not_before` text NOT NULL,
	`not_after` text NOT NULL,
	`epoch` integer NOT NULL,
	`created_at` text NOT NULL,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `csid_unit` ON `csid` (`unit_id`);--> statement-breakpoint
CREATE TABLE `document` (
	`id` text PRIMARY KEY NOT NULL,
	`company_id` text NOT NULL,
	`unit_id` text NOT NULL,
	`chain_id` text NOT NULL,
	`environment` text NOT NULL,
	`icv` integer NOT NULL,
	`uuid` text NOT NULL,
	`pih` text NOT NULL,
	`hash` text NOT NULL,
	`kind` text NOT NULL,
	`profile` text NOT NULL,
	`number` text NOT NULL,
	`reissue_no` integer NOT NULL,
	`supersedes` text,
	`issue_date` text NOT NULL,
	`issue_time` text NOT NULL,
	`buyer_name` text,
	`currency` text NOT NULL,
	`tax_inclusive_amount` text NOT NULL,
	`tax_amount_sar` text NOT NULL,
	`sealed_at` text NOT NULL,
	`rule_pack` text NOT NULL,
	`warnings` text NOT NULL,
	`draft` text NOT NULL,
	`qr` text NOT NULL,
	`csid_id` text NOT NULL,
	`idempotency_key` text NOT NULL,
	`body_sha256` text NOT NULL,
	`signed_xml` blob NOT NULL,
	`signed_length` integer NOT NULL,
	`signed_sha256` text NOT NULL,
	FOREIGN KEY (`company_id`) REFERENCES `company`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`chain_id`) REFERENCES `chain`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`csid_id`) REFERENCES `csid`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `document_page` ON `document` (`company_id`,`sealed_at`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `document_icv` ON `document` (`chain_id`,`icv`);--> statement-breakpoint
CREATE UNIQUE INDEX `document_pih` ON `document` (`chain_id`,`pih`);--> statement-breakpoint
CREATE UNIQUE INDEX `document_uuid` ON `document` (`uuid`);--> statement-breakpoint
CREATE UNIQUE INDEX `document_number` ON `document` (`company_id`,`environment`,`number`,`reissue_no`);--> statement-breakpoint
CREATE UNIQUE INDEX `document_key` ON `document` (`company_id`,`environment`,`idempotency_key`);--> statement-breakpoint
CREATE TABLE `draft` (
	`id` text PRIMARY KEY NOT NULL,
	`company_id` text NOT NULL,
	`draft` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`company_id`) REFERENCES `company`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `draft_company` ON `draft` (`company_id`,`updated_at`);--> statement-breakpoint
CREATE TABLE `key_envelope` (
	`id` text PRIMARY KEY NOT NULL,
	`envelope` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`document_id` text PRIMARY KEY NOT NULL,
	`endpoint` text NOT NULL,
	`state` text NOT NULL,
	`held_reason` text,
	`deadline_at` text NOT NULL,
	`next_at` text NOT NULL,
	`lease_until` text,
	`fence` integer NOT NULL,
	`claims` integer NOT NULL,
	`first_sent_at` text,
	FOREIGN KEY (`document_id`) REFERENCES `document`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `outbox_next` ON `outbox` (`state`,`next_at`);--> statement-breakpoint
CREATE TABLE `result` (
	`document_id` text PRIMARY KEY NOT NULL,
	`outcome` text NOT NULL,
	`duplicate` integer NOT NULL,
	`findings` text NOT NULL,
	`decided_by_fence` integer NOT NULL,
	`at` text NOT NULL,
	`cleared_xml` blob,
	`cleared_length` integer,
	`cleared_sha256` text,
	FOREIGN KEY (`document_id`) REFERENCES `document`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `session` (
	`token_sha256` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`created_at` text NOT NULL,
	`last_seen_at` text NOT NULL,
	`expires_at` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user_account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `unit` (
	`id` text PRIMARY KEY NOT NULL,
	`company_id` text NOT NULL,
	`environment` text NOT NULL,
	`name` text NOT NULL,
	`branch` text NOT NULL,
	`functionality` text NOT NULL,
	`state` text NOT NULL,
	`key_id` text,
	`created_at` text NOT NULL,
	FOREIGN KEY (`company_id`) REFERENCES `company`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`key_id`) REFERENCES `key_envelope`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `unit_name` ON `unit` (`company_id`,`environment`,`name`);--> statement-breakpoint
CREATE TABLE `user_account` (
	`id` text PRIMARY KEY NOT NULL,
	`username` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`password_hash` text NOT NULL,
	`failed_sign_ins` integer NOT NULL,
	`locked_until` text,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `user_username` ON `user_account` (`username`);