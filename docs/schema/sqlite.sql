-- The SQLite schema that the migrations lead to. Written by npm run docs:schema, not by hand.

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
	`cause` text,
	PRIMARY KEY(`document_id`, `fence`),
	FOREIGN KEY (`document_id`) REFERENCES `document`(`id`) ON UPDATE no action ON DELETE no action
);

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

CREATE TABLE `chain` (
	`id` text PRIMARY KEY NOT NULL,
	`unit_id` text NOT NULL,
	`epoch` integer NOT NULL,
	`state` text NOT NULL,
	`last_icv` integer NOT NULL,
	`last_hash` text NOT NULL,
	`last_sealed_at` text,
	`frozen_reason` text,
	`archived_icv` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action
);

CREATE TABLE `company` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`vat_number` text NOT NULL,
	`party` text NOT NULL,
	`industry` text NOT NULL,
	`created_at` text NOT NULL
);

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
	`key_id` text REFERENCES key_envelope(id),
	FOREIGN KEY (`unit_id`) REFERENCES `unit`(`id`) ON UPDATE no action ON DELETE no action
);

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

CREATE TABLE `draft` (
	`id` text PRIMARY KEY NOT NULL,
	`company_id` text NOT NULL,
	`draft` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`company_id`) REFERENCES `company`(`id`) ON UPDATE no action ON DELETE no action
);

CREATE TABLE `key_envelope` (
	`id` text PRIMARY KEY NOT NULL,
	`envelope` text NOT NULL,
	`company_id` text REFERENCES company(id)
);

CREATE TABLE `one_time_token` (
	`token_sha256` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`details` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL
);

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
	`lease_owner` text,
	FOREIGN KEY (`document_id`) REFERENCES `document`(`id`) ON UPDATE no action ON DELETE no action
);

CREATE TABLE `rate_limit` (
	`key` text PRIMARY KEY NOT NULL,
	`points` integer NOT NULL,
	`expire` integer
);

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

CREATE TABLE schema_requirement (version integer PRIMARY KEY, requires integer NOT NULL
);

CREATE TABLE schema_version (version integer PRIMARY KEY, applied_at text NOT NULL
);

CREATE TABLE `session` (
	`token_sha256` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`created_at` text NOT NULL,
	`last_seen_at` text NOT NULL,
	`expires_at` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user_account`(`id`) ON UPDATE no action ON DELETE no action
);

CREATE TABLE `setting` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`changed_at` text NOT NULL,
	`changed_by` text NOT NULL
);

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
	`claimed_until` text,
	FOREIGN KEY (`company_id`) REFERENCES `company`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`key_id`) REFERENCES `key_envelope`(`id`) ON UPDATE no action ON DELETE no action
);

CREATE TABLE `user_account` (
	`id` text PRIMARY KEY NOT NULL,
	`username` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`password_hash` text NOT NULL,
	`failed_sign_ins` integer NOT NULL,
	`locked_until` text,
	`created_at` text NOT NULL,
	`must_change_password` integer DEFAULT 0 NOT NULL,
	`deactivated_at` text,
	`companies` text,
	`sealed_totp_secret` text,
	`totp_step` integer,
	`oidc_subject` text
);

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

CREATE TABLE `writer_lease` (
	`id` text PRIMARY KEY NOT NULL,
	`owner` text NOT NULL,
	`host` text NOT NULL,
	`pid` integer NOT NULL,
	`leased_until` text NOT NULL
);

CREATE UNIQUE INDEX `api_key_sha256` ON `api_key` (`key_sha256`);

CREATE UNIQUE INDEX `audit_prev_hash` ON `audit` (`prev_hash`);

CREATE INDEX `audit_subject` ON `audit` (`subject`,`seq`);

CREATE INDEX `backup_run_finished` ON `backup_run` (`finished_at`);

CREATE UNIQUE INDEX `chain_epoch` ON `chain` (`unit_id`,`epoch`);

CREATE UNIQUE INDEX `chain_one_active` ON `chain` (`unit_id`) WHERE state = 'active';

CREATE UNIQUE INDEX `company_vat_number` ON `company` (`vat_number`);

CREATE INDEX `csid_unit` ON `csid` (`unit_id`);

CREATE UNIQUE INDEX `document_icv` ON `document` (`chain_id`,`icv`);

CREATE UNIQUE INDEX `document_key` ON `document` (`company_id`,`environment`,`idempotency_key`);

CREATE UNIQUE INDEX `document_number` ON `document` (`company_id`,`environment`,`number`,`reissue_no`);

CREATE INDEX `document_page` ON `document` (`company_id`,`sealed_at`,`id`);

CREATE UNIQUE INDEX `document_pih` ON `document` (`chain_id`,`pih`);

CREATE UNIQUE INDEX `document_uuid` ON `document` (`uuid`);

CREATE INDEX `draft_company` ON `draft` (`company_id`,`updated_at`);

CREATE INDEX `outbox_deadline` ON `outbox` (`deadline_at`);

CREATE INDEX `outbox_next` ON `outbox` (`state`,`next_at`);

CREATE UNIQUE INDEX `unit_name` ON `unit` (`company_id`,`environment`,`name`);

CREATE UNIQUE INDEX `user_oidc_subject` ON `user_account` (`oidc_subject`);

CREATE UNIQUE INDEX `user_username` ON `user_account` (`username`);

CREATE INDEX `webhook_delivery_next` ON `webhook_delivery` (`state`,`next_at`);

CREATE UNIQUE INDEX `webhook_delivery_once` ON `webhook_delivery` (`webhook_id`,`audit_seq`);

CREATE INDEX `webhook_delivery_page` ON `webhook_delivery` (`webhook_id`,`created_at`);

CREATE TRIGGER attempt_finish_once BEFORE UPDATE ON `attempt`
WHEN old.finished_at IS NOT NULL OR new.finished_at IS NULL
	OR new.document_id <> old.document_id OR new.fence <> old.fence OR new.endpoint <> old.endpoint
	OR new.started_at <> old.started_at OR new.request_sha256 <> old.request_sha256
BEGIN SELECT RAISE(ABORT, 'attempt: finished once'); END;

CREATE TRIGGER attempt_no_delete BEFORE DELETE ON `attempt`
BEGIN SELECT RAISE(ABORT, 'attempt: kept for ever'); END;

CREATE TRIGGER attempt_no_replace BEFORE INSERT ON `attempt`
WHEN EXISTS (SELECT 1 FROM attempt WHERE document_id = new.document_id AND fence = new.fence)
BEGIN SELECT RAISE(ABORT, 'attempt: finished once'); END;

CREATE TRIGGER audit_no_delete BEFORE DELETE ON `audit`
BEGIN SELECT RAISE(ABORT, 'audit: kept for ever'); END;

CREATE TRIGGER audit_no_replace BEFORE INSERT ON `audit`
WHEN EXISTS (SELECT 1 FROM audit WHERE seq = new.seq) OR EXISTS (SELECT 1 FROM audit WHERE prev_hash = new.prev_hash)
BEGIN SELECT RAISE(ABORT, 'audit: written once'); END;

CREATE TRIGGER audit_no_update BEFORE UPDATE ON `audit`
BEGIN SELECT RAISE(ABORT, 'audit: written once'); END;

CREATE TRIGGER chain_no_delete BEFORE DELETE ON `chain`
BEGIN SELECT RAISE(ABORT, 'chain: kept for ever'); END;

CREATE TRIGGER chain_no_replace BEFORE INSERT ON `chain`
WHEN EXISTS (SELECT 1 FROM chain WHERE id = new.id OR (unit_id = new.unit_id AND epoch = new.epoch))
BEGIN SELECT RAISE(ABORT, 'chain: the counter steps by one'); END;

CREATE TRIGGER chain_step BEFORE UPDATE ON `chain`
WHEN new.id <> old.id OR new.unit_id <> old.unit_id OR new.epoch <> old.epoch
	OR new.last_icv < old.last_icv OR (new.last_icv > old.last_icv AND old.state <> 'active')
	OR (new.last_icv = old.last_icv AND new.last_hash <> old.last_hash)
	OR (new.last_icv > old.last_icv AND (
		new.last_icv - old.last_icv <> (
			SELECT count(*) FROM document WHERE chain_id = old.id AND icv > old.last_icv AND icv <= new.last_icv
				AND pih = coalesce((SELECT hash FROM document AS before WHERE before.chain_id = old.id AND before.icv = document.icv - 1
					AND before.icv > old.last_icv), old.last_hash))
		OR new.last_hash <> (SELECT hash FROM document WHERE chain_id = old.id AND icv = new.last_icv)))
BEGIN SELECT RAISE(ABORT, 'chain: the counter steps by one'); END;

CREATE TRIGGER csid_no_delete BEFORE DELETE ON `csid`
BEGIN SELECT RAISE(ABORT, 'csid: kept for ever'); END;

CREATE TRIGGER csid_no_replace BEFORE INSERT ON `csid` WHEN EXISTS (SELECT 1 FROM csid WHERE id = new.id)
BEGIN SELECT RAISE(ABORT, 'csid: written once'); END;

CREATE TRIGGER csid_rewrapped_only BEFORE UPDATE ON `csid`
WHEN new.id <> old.id OR new.unit_id <> old.unit_id OR new.purpose <> old.purpose OR new.request_id <> old.request_id
	OR new.token <> old.token OR new.not_before <> old.not_before OR new.not_after <> old.not_after
	OR new.epoch <> old.epoch OR new.created_at <> old.created_at OR new.key_id IS NOT old.key_id
BEGIN SELECT RAISE(ABORT, 'csid: written once'); END;

CREATE TRIGGER csid_secret_rewrapped_only BEFORE UPDATE ON `csid`
WHEN substr(new.sealed_secret, length(rtrim(new.sealed_secret, replace(new.sealed_secret, '.', ''))) + 1)
	<> substr(old.sealed_secret, length(rtrim(old.sealed_secret, replace(old.sealed_secret, '.', ''))) + 1)
BEGIN SELECT RAISE(ABORT, 'csid: written once'); END;

CREATE TRIGGER document_no_delete BEFORE DELETE ON `document`
BEGIN SELECT RAISE(ABORT, 'document: kept for ever'); END;

CREATE TRIGGER document_no_replace BEFORE INSERT ON `document` WHEN EXISTS (SELECT 1 FROM document WHERE id = new.id)
BEGIN SELECT RAISE(ABORT, 'document: written once'); END;

CREATE TRIGGER document_no_update BEFORE UPDATE ON `document`
BEGIN SELECT RAISE(ABORT, 'document: written once'); END;

CREATE TRIGGER key_envelope_keeps_company BEFORE UPDATE ON `key_envelope` WHEN new.company_id IS NOT old.company_id
BEGIN SELECT RAISE(ABORT, 'key_envelope: written once'); END;

CREATE TRIGGER key_envelope_no_delete BEFORE DELETE ON `key_envelope`
BEGIN SELECT RAISE(ABORT, 'key_envelope: kept for ever'); END;

CREATE TRIGGER key_envelope_no_replace BEFORE INSERT ON `key_envelope` WHEN EXISTS (SELECT 1 FROM key_envelope WHERE id = new.id)
BEGIN SELECT RAISE(ABORT, 'key_envelope: written once'); END;

CREATE TRIGGER key_envelope_rewrapped_only BEFORE UPDATE ON `key_envelope`
WHEN new.id <> old.id OR substr(new.envelope, length(rtrim(new.envelope, replace(new.envelope, '.', ''))) + 1)
	<> substr(old.envelope, length(rtrim(old.envelope, replace(old.envelope, '.', ''))) + 1)
BEGIN SELECT RAISE(ABORT, 'key_envelope: written once'); END;

CREATE TRIGGER outbox_until_settled BEFORE DELETE ON `outbox`
WHEN NOT EXISTS (SELECT 1 FROM result WHERE result.document_id = old.document_id)
BEGIN SELECT RAISE(ABORT, 'outbox: leaves with a result'); END;

CREATE TRIGGER result_completed_once BEFORE UPDATE ON `result`
WHEN old.cleared_xml IS NOT NULL OR new.cleared_xml IS NULL
	OR new.document_id <> old.document_id OR new.outcome <> old.outcome OR new.duplicate <> old.duplicate
	OR new.findings <> old.findings OR new.decided_by_fence <> old.decided_by_fence OR new.at <> old.at
BEGIN SELECT RAISE(ABORT, 'result: written once'); END;

CREATE TRIGGER result_no_delete BEFORE DELETE ON `result`
BEGIN SELECT RAISE(ABORT, 'result: kept for ever'); END;

CREATE TRIGGER result_no_replace BEFORE INSERT ON `result` WHEN EXISTS (SELECT 1 FROM result WHERE document_id = new.document_id)
BEGIN SELECT RAISE(ABORT, 'result: written once'); END;

CREATE VIEW `audit_head` AS SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1;
