-- Contracts, as on Postgres: a program of before would show everybody all companies.
-- requires: 7
ALTER TABLE `key_envelope` ADD `company_id` text REFERENCES company(id);
--> statement-breakpoint
UPDATE `key_envelope` SET `company_id` = coalesce(
	(SELECT unit.company_id FROM unit WHERE unit.key_id = key_envelope.id LIMIT 1),
	(SELECT unit.company_id FROM csid JOIN unit ON unit.id = csid.unit_id WHERE csid.key_id = key_envelope.id LIMIT 1));
--> statement-breakpoint
CREATE TRIGGER key_envelope_keeps_company BEFORE UPDATE ON `key_envelope` WHEN new.company_id IS NOT old.company_id
BEGIN SELECT RAISE(ABORT, 'key_envelope: written once'); END;
--> statement-breakpoint
CREATE VIEW `audit_head` AS SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1;