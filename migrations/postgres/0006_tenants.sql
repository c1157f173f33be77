-- Contracts: whoever does not say whose rows it wants sees nothing any more.
-- requires: 7
-- The second wall between client companies. A transaction says in khatm.companies whose rows it sees: '*' for all, else ids with commas
-- between; said nothing, it sees nothing. FORCE holds the owner to it as well. What has no company of its own asks its parent, whose policy
-- holds within the question too.
ALTER TABLE "key_envelope" ADD COLUMN "company_id" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "key_envelope" ADD CONSTRAINT "key_envelope_company_id_company_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."company"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
UPDATE "key_envelope" SET "company_id" = coalesce(
	(SELECT unit.company_id FROM unit WHERE unit.key_id = key_envelope.id LIMIT 1),
	(SELECT unit.company_id FROM csid JOIN unit ON unit.id = csid.unit_id WHERE csid.key_id = key_envelope.id LIMIT 1));
--> statement-breakpoint
CREATE TRIGGER key_envelope_keeps_company BEFORE UPDATE ON "key_envelope" FOR EACH ROW
WHEN (new.company_id IS DISTINCT FROM old.company_id)
EXECUTE FUNCTION refuse_change('written once');
--> statement-breakpoint
-- Whose an entry of the audit log is, by what it is about. Looks past the policies, because "nobody's" must not mean "somebody else's".
CREATE FUNCTION company_of(subject text) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
	said text := current_setting('khatm.companies', true);
	owner text;
BEGIN
	PERFORM set_config('khatm.companies', '*', true);
	owner := (
		SELECT company_id FROM document WHERE id = subject
		UNION ALL SELECT company_id FROM unit WHERE id = subject
		UNION ALL SELECT id FROM company WHERE id = subject
		UNION ALL SELECT company_id FROM draft WHERE id = subject
		UNION ALL SELECT unit.company_id FROM csid JOIN unit ON unit.id = csid.unit_id WHERE subject LIKE 'csid/%' AND csid.id = substr(subject, 6)
		LIMIT 1
	);
	PERFORM set_config('khatm.companies', coalesce(said, ''), true);
	RETURN owner;
END $$;
--> statement-breakpoint
-- The log is one chain of hashes for the whole office: who appends needs its end, whatever that is about.
CREATE FUNCTION last_audit() RETURNS TABLE (seq integer, hash text) LANGUAGE plpgsql STABLE AS $$
DECLARE
	said text := current_setting('khatm.companies', true);
BEGIN
	PERFORM set_config('khatm.companies', '*', true);
	RETURN QUERY SELECT audit.seq, audit.hash FROM audit ORDER BY audit.seq DESC LIMIT 1;
	PERFORM set_config('khatm.companies', coalesce(said, ''), true);
END $$;
--> statement-breakpoint
CREATE VIEW "audit_head" AS SELECT seq, hash FROM last_audit();
--> statement-breakpoint
ALTER TABLE "company" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "company" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON "company" USING ((SELECT current_setting('khatm.companies', true)) = '*'
	OR id = ANY ((SELECT string_to_array(current_setting('khatm.companies', true), ','))::text[]));
--> statement-breakpoint
ALTER TABLE "unit" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "unit" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON "unit" USING ((SELECT current_setting('khatm.companies', true)) = '*'
	OR company_id = ANY ((SELECT string_to_array(current_setting('khatm.companies', true), ','))::text[]));
--> statement-breakpoint
ALTER TABLE "document" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "document" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON "document" USING ((SELECT current_setting('khatm.companies', true)) = '*'
	OR company_id = ANY ((SELECT string_to_array(current_setting('khatm.companies', true), ','))::text[]));
--> statement-breakpoint
ALTER TABLE "draft" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "draft" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON "draft" USING ((SELECT current_setting('khatm.companies', true)) = '*'
	OR company_id = ANY ((SELECT string_to_array(current_setting('khatm.companies', true), ','))::text[]));
--> statement-breakpoint
ALTER TABLE "key_envelope" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "key_envelope" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON "key_envelope" USING ((SELECT current_setting('khatm.companies', true)) = '*'
	OR company_id = ANY ((SELECT string_to_array(current_setting('khatm.companies', true), ','))::text[]));
--> statement-breakpoint
ALTER TABLE "webhook_delivery" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "webhook_delivery" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON "webhook_delivery" USING ((SELECT current_setting('khatm.companies', true)) = '*'
	OR company_id = ANY ((SELECT string_to_array(current_setting('khatm.companies', true), ','))::text[]));
--> statement-breakpoint
ALTER TABLE "csid" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "csid" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON "csid" USING ((SELECT current_setting('khatm.companies', true)) = '*'
	OR EXISTS (SELECT 1 FROM unit WHERE unit.id = csid.unit_id));
--> statement-breakpoint
ALTER TABLE "chain" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "chain" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON "chain" USING ((SELECT current_setting('khatm.companies', true)) = '*'
	OR EXISTS (SELECT 1 FROM unit WHERE unit.id = chain.unit_id));
--> statement-breakpoint
ALTER TABLE "compliance_document" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "compliance_document" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON "compliance_document" USING ((SELECT current_setting('khatm.companies', true)) = '*'
	OR EXISTS (SELECT 1 FROM unit WHERE unit.id = compliance_document.unit_id));
--> statement-breakpoint
ALTER TABLE "outbox" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "outbox" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON "outbox" USING ((SELECT current_setting('khatm.companies', true)) = '*'
	OR EXISTS (SELECT 1 FROM document WHERE document.id = outbox.document_id));
--> statement-breakpoint
ALTER TABLE "attempt" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "attempt" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON "attempt" USING ((SELECT current_setting('khatm.companies', true)) = '*'
	OR EXISTS (SELECT 1 FROM document WHERE document.id = attempt.document_id));
--> statement-breakpoint
ALTER TABLE "result" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "result" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON "result" USING ((SELECT current_setting('khatm.companies', true)) = '*'
	OR EXISTS (SELECT 1 FROM document WHERE document.id = result.document_id));
--> statement-breakpoint
ALTER TABLE "road" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "road" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
-- Environments and their endpoints are everybody's roads, that of a certificate is its company's.
CREATE POLICY tenant ON "road" USING (id NOT LIKE 'csid/%' OR (SELECT current_setting('khatm.companies', true)) = '*'
	OR EXISTS (SELECT 1 FROM csid WHERE csid.id = substr(road.id, 6)));
--> statement-breakpoint
ALTER TABLE "audit" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "audit" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY tenant ON "audit" FOR SELECT USING ((SELECT current_setting('khatm.companies', true)) = '*'
	OR company_of(subject) = ANY ((SELECT string_to_array(current_setting('khatm.companies', true), ','))::text[]));
--> statement-breakpoint
-- What belongs to no company may be written by whoever says for whom it works, and read by the whole office only.
CREATE POLICY tenant_append ON "audit" FOR INSERT WITH CHECK ((SELECT current_setting('khatm.companies', true)) = '*'
	OR coalesce(company_of(subject) = ANY ((SELECT string_to_array(current_setting('khatm.companies', true), ','))::text[]), cardinality((SELECT string_to_array(current_setting('khatm.companies', true), ','))::text[]) > 0));