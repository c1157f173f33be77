-- requires: 3
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
--> statement-breakpoint
-- The counter steps by one for each document that continues the chain: a batch may take several steps in one statement, but none
-- without its document, none past a link that does not hold, and none while the chain is frozen or closed.
CREATE FUNCTION refuse_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	linked bigint;
	last_hash text;
BEGIN
	SELECT count(*) FILTER (WHERE link.pih = link.expected), max(link.hash) FILTER (WHERE link.icv = new.last_icv) INTO linked, last_hash
	FROM (
		SELECT icv, pih, hash, lag(hash, 1, old.last_hash) OVER (ORDER BY icv) AS expected
		FROM document WHERE chain_id = old.id AND icv > old.last_icv AND icv <= new.last_icv
	) AS link;
	IF linked <> new.last_icv - old.last_icv OR last_hash IS DISTINCT FROM new.last_hash THEN
		RAISE EXCEPTION 'chain: the counter steps by one' USING ERRCODE = 'KH001';
	END IF;
	RETURN new;
END $$;
--> statement-breakpoint
DROP TRIGGER chain_step ON "chain";
--> statement-breakpoint
CREATE TRIGGER chain_step BEFORE UPDATE ON "chain" FOR EACH ROW
WHEN (new.id <> old.id OR new.unit_id <> old.unit_id OR new.epoch <> old.epoch OR new.last_icv < old.last_icv
	OR (new.last_icv > old.last_icv AND old.state <> 'active')
	OR (new.last_icv = old.last_icv AND new.last_hash <> old.last_hash))
EXECUTE FUNCTION refuse_change('the counter steps by one');
--> statement-breakpoint
CREATE TRIGGER chain_linked_step BEFORE UPDATE ON "chain" FOR EACH ROW WHEN (new.last_icv > old.last_icv) EXECUTE FUNCTION refuse_step();
--> statement-breakpoint
-- Wrapped anew means: all but what follows the last dot may change, and that is the sealed key or secret itself.
CREATE TRIGGER key_envelope_rewrapped_only BEFORE UPDATE ON "key_envelope" FOR EACH ROW
WHEN (new.id <> old.id OR regexp_replace(new.envelope, '^.*\.', '') <> regexp_replace(old.envelope, '^.*\.', ''))
EXECUTE FUNCTION refuse_change('written once');
--> statement-breakpoint
CREATE TRIGGER csid_secret_rewrapped_only BEFORE UPDATE ON "csid" FOR EACH ROW
WHEN (regexp_replace(new.sealed_secret, '^.*\.', '') <> regexp_replace(old.sealed_secret, '^.*\.', ''))
EXECUTE FUNCTION refuse_change('written once');
--> statement-breakpoint
CREATE TRIGGER key_envelope_no_truncate BEFORE TRUNCATE ON "key_envelope" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('kept for ever');
