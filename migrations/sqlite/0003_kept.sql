-- requires: 3
-- A result may get its stamped bytes later, once; nothing else about it changes. A certificate stays with the key it was issued for, and
-- neither is ever deleted: only the wrapping of the secret may be renewed.
UPDATE `csid` SET `key_id` = (SELECT `key_id` FROM `unit` WHERE `unit`.`id` = `csid`.`unit_id`);
--> statement-breakpoint
DROP TRIGGER result_no_update;
--> statement-breakpoint
CREATE TRIGGER result_completed_once BEFORE UPDATE ON `result`
WHEN old.cleared_xml IS NOT NULL OR new.cleared_xml IS NULL
	OR new.document_id <> old.document_id OR new.outcome <> old.outcome OR new.duplicate <> old.duplicate
	OR new.findings <> old.findings OR new.decided_by_fence <> old.decided_by_fence OR new.at <> old.at
BEGIN SELECT RAISE(ABORT, 'result: written once'); END;
--> statement-breakpoint
CREATE TRIGGER csid_rewrapped_only BEFORE UPDATE ON `csid`
WHEN new.id <> old.id OR new.unit_id <> old.unit_id OR new.purpose <> old.purpose OR new.request_id <> old.request_id
	OR new.token <> old.token OR new.not_before <> old.not_before OR new.not_after <> old.not_after
	OR new.epoch <> old.epoch OR new.created_at <> old.created_at OR new.key_id IS NOT old.key_id
BEGIN SELECT RAISE(ABORT, 'csid: written once'); END;
--> statement-breakpoint
CREATE TRIGGER csid_no_delete BEFORE DELETE ON `csid`
BEGIN SELECT RAISE(ABORT, 'csid: kept for ever'); END;
--> statement-breakpoint
CREATE TRIGGER key_envelope_no_delete BEFORE DELETE ON `key_envelope`
BEGIN SELECT RAISE(ABORT, 'key_envelope: kept for ever'); END;
--> statement-breakpoint
-- The counter steps by one for each document that continues the chain: a batch may take several steps in one statement, but none
-- without its document, none past a link that does not hold, and none while the chain is frozen or closed.
DROP TRIGGER chain_step;
--> statement-breakpoint
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
--> statement-breakpoint
-- REPLACE deletes a row without asking the triggers of DELETE: a row that exists is never put a second time.
CREATE TRIGGER document_no_replace BEFORE INSERT ON `document` WHEN EXISTS (SELECT 1 FROM document WHERE id = new.id)
BEGIN SELECT RAISE(ABORT, 'document: written once'); END;
--> statement-breakpoint
CREATE TRIGGER audit_no_replace BEFORE INSERT ON `audit`
WHEN EXISTS (SELECT 1 FROM audit WHERE seq = new.seq) OR EXISTS (SELECT 1 FROM audit WHERE prev_hash = new.prev_hash)
BEGIN SELECT RAISE(ABORT, 'audit: written once'); END;
--> statement-breakpoint
CREATE TRIGGER result_no_replace BEFORE INSERT ON `result` WHEN EXISTS (SELECT 1 FROM result WHERE document_id = new.document_id)
BEGIN SELECT RAISE(ABORT, 'result: written once'); END;
--> statement-breakpoint
CREATE TRIGGER attempt_no_replace BEFORE INSERT ON `attempt`
WHEN EXISTS (SELECT 1 FROM attempt WHERE document_id = new.document_id AND fence = new.fence)
BEGIN SELECT RAISE(ABORT, 'attempt: finished once'); END;
--> statement-breakpoint
CREATE TRIGGER chain_no_replace BEFORE INSERT ON `chain`
WHEN EXISTS (SELECT 1 FROM chain WHERE id = new.id OR (unit_id = new.unit_id AND epoch = new.epoch))
BEGIN SELECT RAISE(ABORT, 'chain: the counter steps by one'); END;
--> statement-breakpoint
CREATE TRIGGER csid_no_replace BEFORE INSERT ON `csid` WHEN EXISTS (SELECT 1 FROM csid WHERE id = new.id)
BEGIN SELECT RAISE(ABORT, 'csid: written once'); END;
--> statement-breakpoint
CREATE TRIGGER key_envelope_no_replace BEFORE INSERT ON `key_envelope` WHEN EXISTS (SELECT 1 FROM key_envelope WHERE id = new.id)
BEGIN SELECT RAISE(ABORT, 'key_envelope: written once'); END;
--> statement-breakpoint
-- Wrapped anew means: all but what follows the last dot may change, and that is the sealed key or secret itself.
CREATE TRIGGER key_envelope_rewrapped_only BEFORE UPDATE ON `key_envelope`
WHEN new.id <> old.id OR substr(new.envelope, length(rtrim(new.envelope, replace(new.envelope, '.', ''))) + 1)
	<> substr(old.envelope, length(rtrim(old.envelope, replace(old.envelope, '.', ''))) + 1)
BEGIN SELECT RAISE(ABORT, 'key_envelope: written once'); END;
--> statement-breakpoint
CREATE TRIGGER csid_secret_rewrapped_only BEFORE UPDATE ON `csid`
WHEN substr(new.sealed_secret, length(rtrim(new.sealed_secret, replace(new.sealed_secret, '.', ''))) + 1)
	<> substr(old.sealed_secret, length(rtrim(old.sealed_secret, replace(old.sealed_secret, '.', ''))) + 1)
BEGIN SELECT RAISE(ABORT, 'csid: written once'); END;
