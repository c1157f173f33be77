-- Issued documents, results, attempts and the audit log are never changed or deleted, and a counter only steps by one: the database
-- itself refuses, whoever asks. An attempt is finished once; an outbox row leaves only when its document has a result.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION '%: %', TG_TABLE_NAME, TG_ARGV[0] USING ERRCODE = 'KH001';
END $$;
--> statement-breakpoint
CREATE TRIGGER document_no_update BEFORE UPDATE ON "document" FOR EACH ROW
EXECUTE FUNCTION refuse_change('written once');
--> statement-breakpoint
CREATE TRIGGER document_no_delete BEFORE DELETE ON "document" FOR EACH ROW
EXECUTE FUNCTION refuse_change('kept for ever');
--> statement-breakpoint
CREATE TRIGGER audit_no_update BEFORE UPDATE ON "audit" FOR EACH ROW
EXECUTE FUNCTION refuse_change('written once');
--> statement-breakpoint
CREATE TRIGGER audit_no_delete BEFORE DELETE ON "audit" FOR EACH ROW
EXECUTE FUNCTION refuse_change('kept for ever');
--> statement-breakpoint
CREATE TRIGGER result_no_update BEFORE UPDATE ON "result" FOR EACH ROW
EXECUTE FUNCTION refuse_change('written once');
--> statement-breakpoint
CREATE TRIGGER result_no_delete BEFORE DELETE ON "result" FOR EACH ROW
EXECUTE FUNCTION refuse_change('kept for ever');
--> statement-breakpoint
CREATE TRIGGER attempt_finish_once BEFORE UPDATE ON "attempt" FOR EACH ROW
WHEN (old.finished_at IS NOT NULL OR new.finished_at IS NULL
	OR new.document_id <> old.document_id OR new.fence <> old.fence OR new.endpoint <> old.endpoint
	OR new.started_at <> old.started_at OR new.request_sha256 <> old.request_sha256)
EXECUTE FUNCTION refuse_change('finished once');
--> statement-breakpoint
CREATE TRIGGER attempt_no_delete BEFORE DELETE ON "attempt" FOR EACH ROW
EXECUTE FUNCTION refuse_change('kept for ever');
--> statement-breakpoint
CREATE TRIGGER chain_step BEFORE UPDATE ON "chain" FOR EACH ROW
WHEN (new.id <> old.id OR new.unit_id <> old.unit_id OR new.epoch <> old.epoch
	OR new.last_icv NOT IN (old.last_icv, old.last_icv + 1)
	OR (new.last_icv = old.last_icv AND new.last_hash <> old.last_hash))
EXECUTE FUNCTION refuse_change('the counter steps by one');
--> statement-breakpoint
CREATE TRIGGER chain_no_delete BEFORE DELETE ON "chain" FOR EACH ROW
EXECUTE FUNCTION refuse_change('kept for ever');
--> statement-breakpoint
CREATE TRIGGER document_no_truncate BEFORE TRUNCATE ON "document" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('kept for ever');
--> statement-breakpoint
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON "audit" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('kept for ever');
--> statement-breakpoint
CREATE TRIGGER result_no_truncate BEFORE TRUNCATE ON "result" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('kept for ever');
--> statement-breakpoint
CREATE TRIGGER attempt_no_truncate BEFORE TRUNCATE ON "attempt" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('kept for ever');
--> statement-breakpoint
CREATE TRIGGER chain_no_truncate BEFORE TRUNCATE ON "chain" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('kept for ever');
--> statement-breakpoint
CREATE FUNCTION refuse_unsettled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NOT EXISTS (SELECT 1 FROM result WHERE result.document_id = old.document_id) THEN
		RAISE EXCEPTION 'outbox: leaves with a result' USING ERRCODE = 'KH001';
	END IF;
	RETURN old;
END $$;
--> statement-breakpoint
CREATE TRIGGER outbox_until_settled BEFORE DELETE ON "outbox" FOR EACH ROW EXECUTE FUNCTION refuse_unsettled();
