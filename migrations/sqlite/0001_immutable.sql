-- Issued documents, results, attempts and the audit log are never changed or deleted, and a counter only steps by one: the database
-- itself refuses, whoever asks. An attempt is finished once; an outbox row leaves only when its document has a result.
CREATE TRIGGER document_no_update BEFORE UPDATE ON `document`
BEGIN SELECT RAISE(ABORT, 'document: written once'); END;
--> statement-breakpoint
CREATE TRIGGER document_no_delete BEFORE DELETE ON `document`
BEGIN SELECT RAISE(ABORT, 'document: kept for ever'); END;
--> statement-breakpoint
CREATE TRIGGER audit_no_update BEFORE UPDATE ON `audit`
BEGIN SELECT RAISE(ABORT, 'audit: written once'); END;
--> statement-breakpoint
CREATE TRIGGER audit_no_delete BEFORE DELETE ON `audit`
BEGIN SELECT RAISE(ABORT, 'audit: kept for ever'); END;
--> statement-breakpoint
CREATE TRIGGER result_no_update BEFORE UPDATE ON `result`
BEGIN SELECT RAISE(ABORT, 'result: written once'); END;
--> statement-breakpoint
CREATE TRIGGER result_no_delete BEFORE DELETE ON `result`
BEGIN SELECT RAISE(ABORT, 'result: kept for ever'); END;
--> statement-breakpoint
CREATE TRIGGER attempt_finish_once BEFORE UPDATE ON `attempt`
WHEN old.finished_at IS NOT NULL OR new.finished_at IS NULL
	OR new.document_id <> old.document_id OR new.fence <> old.fence OR new.endpoint <> old.endpoint
	OR new.started_at <> old.started_at OR new.request_sha256 <> old.request_sha256
BEGIN SELECT RAISE(ABORT, 'attempt: finished once'); END;
--> statement-breakpoint
CREATE TRIGGER attempt_no_delete BEFORE DELETE ON `attempt`
BEGIN SELECT RAISE(ABORT, 'attempt: kept for ever'); END;
--> statement-breakpoint
CREATE TRIGGER chain_step BEFORE UPDATE ON `chain`
WHEN new.id <> old.id OR new.unit_id <> old.unit_id OR new.epoch <> old.epoch
	OR new.last_icv NOT IN (old.last_icv, old.last_icv + 1)
	OR (new.last_icv = old.last_icv AND new.last_hash <> old.last_hash)
BEGIN SELECT RAISE(ABORT, 'chain: the counter steps by one'); END;
--> statement-breakpoint
CREATE TRIGGER chain_no_delete BEFORE DELETE ON `chain`
BEGIN SELECT RAISE(ABORT, 'chain: kept for ever'); END;
--> statement-breakpoint
CREATE TRIGGER outbox_until_settled BEFORE DELETE ON `outbox`
WHEN NOT EXISTS (SELECT 1 FROM result WHERE result.document_id = old.document_id)
BEGIN SELECT RAISE(ABORT, 'outbox: leaves with a result'); END;
