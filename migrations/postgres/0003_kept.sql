-- A result may get its stamped bytes later, once; nothing else about it changes. A certificate stays with the key it was issued for, and
-- neither is ever deleted: only the wrapping of the secret may be renewed.
UPDATE "csid" SET "key_id" = (SELECT "key_id" FROM "unit" WHERE "unit"."id" = "csid"."unit_id");
--> statement-breakpoint
DROP TRIGGER result_no_update ON "result";
--> statement-breakpoint
CREATE TRIGGER result_completed_once BEFORE UPDATE ON "result" FOR EACH ROW
WHEN (old.cleared_xml IS NOT NULL OR new.cleared_xml IS NULL
	OR new.document_id <> old.document_id OR new.outcome <> old.outcome OR new.duplicate <> old.duplicate
	OR new.findings <> old.findings OR new.decided_by_fence <> old.decided_by_fence OR new.at <> old.at)
EXECUTE FUNCTION refuse_change('written once');
--> statement-breakpoint
CREATE TRIGGER csid_rewrapped_only BEFORE UPDATE ON "csid" FOR EACH ROW
WHEN (new.id <> old.id OR new.unit_id <> old.unit_id OR new.purpose <> old.purpose OR new.request_id <> old.request_id
	OR new.token <> old.token OR new.not_before <> old.not_before OR new.not_after <> old.not_after
	OR new.epoch <> old.epoch OR new.created_at <> old.created_at OR new.key_id IS DISTINCT FROM old.key_id)
EXECUTE FUNCTION refuse_change('written once');
--> statement-breakpoint
CREATE TRIGGER csid_no_delete BEFORE DELETE ON "csid" FOR EACH ROW
EXECUTE FUNCTION refuse_change('kept for ever');
--> statement-breakpoint
CREATE TRIGGER key_envelope_no_delete BEFORE DELETE ON "key_envelope" FOR EACH ROW
EXECUTE FUNCTION refuse_change('kept for ever');
--> statement-breakpoint
CREATE TRIGGER csid_no_truncate BEFORE TRUNCATE ON "csid" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('kept for ever');
