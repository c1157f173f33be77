-- The Postgres schema that the migrations lead to. Written by npm run docs:schema, not by hand.

CREATE TABLE api_key (
	id text COLLATE "C" NOT NULL,
	name text COLLATE "C" NOT NULL,
	prefix text COLLATE "C" NOT NULL,
	key_sha256 text COLLATE "C" NOT NULL,
	role text COLLATE "C" NOT NULL,
	companies text COLLATE "C",
	created_at text COLLATE "C" NOT NULL,
	created_by text COLLATE "C" NOT NULL,
	expires_at text COLLATE "C",
	last_used_at text COLLATE "C",
	revoked_at text COLLATE "C"
);

CREATE TABLE attempt (
	document_id text COLLATE "C" NOT NULL,
	fence integer NOT NULL,
	endpoint text COLLATE "C" NOT NULL,
	started_at text COLLATE "C" NOT NULL,
	finished_at text COLLATE "C",
	request_sha256 text COLLATE "C" NOT NULL,
	verdict text COLLATE "C",
	http_status integer,
	response text COLLATE "C",
	cause text COLLATE "C"
);

CREATE TABLE audit (
	seq integer NOT NULL,
	at text COLLATE "C" NOT NULL,
	actor text COLLATE "C" NOT NULL,
	action text COLLATE "C" NOT NULL,
	subject text COLLATE "C" NOT NULL,
	details text COLLATE "C" NOT NULL,
	prev_hash text COLLATE "C" NOT NULL,
	hash text COLLATE "C" NOT NULL
);

CREATE TABLE backup_run (
	id text COLLATE "C" NOT NULL,
	started_at text COLLATE "C" NOT NULL,
	finished_at text COLLATE "C" NOT NULL,
	target text COLLATE "C" NOT NULL,
	bytes bigint NOT NULL,
	documents integer NOT NULL,
	verified integer NOT NULL,
	problem text COLLATE "C"
);

CREATE TABLE chain (
	id text COLLATE "C" NOT NULL,
	unit_id text COLLATE "C" NOT NULL,
	epoch integer NOT NULL,
	state text COLLATE "C" NOT NULL,
	last_icv integer NOT NULL,
	last_hash text COLLATE "C" NOT NULL,
	last_sealed_at text COLLATE "C",
	frozen_reason text COLLATE "C",
	archived_icv integer DEFAULT 0 NOT NULL
);

CREATE TABLE company (
	id text COLLATE "C" NOT NULL,
	name text COLLATE "C" NOT NULL,
	vat_number text COLLATE "C" NOT NULL,
	party text COLLATE "C" NOT NULL,
	industry text COLLATE "C" NOT NULL,
	created_at text COLLATE "C" NOT NULL
);

CREATE TABLE compliance_document (
	unit_id text COLLATE "C" NOT NULL,
	csid_id text COLLATE "C" NOT NULL,
	kind text COLLATE "C" NOT NULL,
	profile text COLLATE "C" NOT NULL,
	passed integer NOT NULL,
	findings text COLLATE "C" NOT NULL,
	at text COLLATE "C" NOT NULL
);

CREATE TABLE csid (
	id text COLLATE "C" NOT NULL,
	unit_id text COLLATE "C" NOT NULL,
	purpose text COLLATE "C" NOT NULL,
	request_id text COLLATE "C" NOT NULL,
	token text COLLATE "C" NOT NULL,
	sealed_secret text COLLATE "C" NOT NULL,
	not_before text COLLATE "C" NOT NULL,
	not_after text COLLATE "C" NOT NULL,
	epoch integer NOT NULL,
	created_at text COLLATE "C" NOT NULL,
	key_id text COLLATE "C"
);

CREATE TABLE document (
	id text COLLATE "C" NOT NULL,
	company_id text COLLATE "C" NOT NULL,
	unit_id text COLLATE "C" NOT NULL,
	chain_id text COLLATE "C" NOT NULL,
	environment text COLLATE "C" NOT NULL,
	icv integer NOT NULL,
	uuid text COLLATE "C" NOT NULL,
	pih text COLLATE "C" NOT NULL,
	hash text COLLATE "C" NOT NULL,
	kind text COLLATE "C" NOT NULL,
	profile text COLLATE "C" NOT NULL,
	number text COLLATE "C" NOT NULL,
	reissue_no integer NOT NULL,
	supersedes text COLLATE "C",
	issue_date text COLLATE "C" NOT NULL,
	issue_time text COLLATE "C" NOT NULL,
	buyer_name text COLLATE "C",
	currency text COLLATE "C" NOT NULL,
	tax_inclusive_amount text COLLATE "C" NOT NULL,
	tax_amount_sar text COLLATE "C" NOT NULL,
	sealed_at text COLLATE "C" NOT NULL,
	rule_pack text COLLATE "C" NOT NULL,
	warnings text COLLATE "C" NOT NULL,
	draft text COLLATE "C" NOT NULL,
	qr text COLLATE "C" NOT NULL,
	csid_id text COLLATE "C" NOT NULL,
	idempotency_key text COLLATE "C" NOT NULL,
	body_sha256 text COLLATE "C" NOT NULL,
	signed_xml bytea NOT NULL,
	signed_length integer NOT NULL,
	signed_sha256 text COLLATE "C" NOT NULL
);

CREATE TABLE draft (
	id text COLLATE "C" NOT NULL,
	company_id text COLLATE "C" NOT NULL,
	draft text COLLATE "C" NOT NULL,
	updated_at text COLLATE "C" NOT NULL
);

CREATE TABLE key_envelope (
	id text COLLATE "C" NOT NULL,
	envelope text COLLATE "C" NOT NULL,
	company_id text COLLATE "C"
);

CREATE TABLE one_time_token (
	token_sha256 text COLLATE "C" NOT NULL,
	purpose text COLLATE "C" NOT NULL,
	details text COLLATE "C" NOT NULL,
	created_at text COLLATE "C" NOT NULL,
	expires_at text COLLATE "C" NOT NULL
);

CREATE TABLE outbox (
	document_id text COLLATE "C" NOT NULL,
	endpoint text COLLATE "C" NOT NULL,
	state text COLLATE "C" NOT NULL,
	held_reason text COLLATE "C",
	deadline_at text COLLATE "C" NOT NULL,
	next_at text COLLATE "C" NOT NULL,
	lease_until text COLLATE "C",
	fence integer NOT NULL,
	claims integer NOT NULL,
	first_sent_at text COLLATE "C",
	lease_owner text COLLATE "C"
);

CREATE TABLE rate_limit (
	key text COLLATE "C" NOT NULL,
	points integer NOT NULL,
	expire bigint
);

CREATE TABLE result (
	document_id text COLLATE "C" NOT NULL,
	outcome text COLLATE "C" NOT NULL,
	duplicate integer NOT NULL,
	findings text COLLATE "C" NOT NULL,
	decided_by_fence integer NOT NULL,
	at text COLLATE "C" NOT NULL,
	cleared_xml bytea,
	cleared_length integer,
	cleared_sha256 text COLLATE "C"
);

CREATE TABLE road (
	id text COLLATE "C" NOT NULL,
	state text COLLATE "C" NOT NULL,
	reason text COLLATE "C",
	changed_at text COLLATE "C" NOT NULL,
	changed_by text COLLATE "C" NOT NULL,
	probe_at text COLLATE "C",
	failures integer NOT NULL,
	successes integer NOT NULL,
	trips integer NOT NULL,
	window_started_at text COLLATE "C",
	window_total integer NOT NULL,
	window_failed integer NOT NULL,
	concurrency integer NOT NULL,
	concurrency_changed_at text COLLATE "C" NOT NULL
);

CREATE TABLE schema_requirement (
	version integer NOT NULL,
	requires integer NOT NULL
);

CREATE TABLE schema_version (
	version integer NOT NULL,
	applied_at text NOT NULL
);

CREATE TABLE session (
	token_sha256 text COLLATE "C" NOT NULL,
	user_id text COLLATE "C" NOT NULL,
	created_at text COLLATE "C" NOT NULL,
	last_seen_at text COLLATE "C" NOT NULL,
	expires_at text COLLATE "C" NOT NULL
);

CREATE TABLE setting (
	name text COLLATE "C" NOT NULL,
	value text COLLATE "C" NOT NULL,
	changed_at text COLLATE "C" NOT NULL,
	changed_by text COLLATE "C" NOT NULL
);

CREATE TABLE unit (
	id text COLLATE "C" NOT NULL,
	company_id text COLLATE "C" NOT NULL,
	environment text COLLATE "C" NOT NULL,
	name text COLLATE "C" NOT NULL,
	branch text COLLATE "C" NOT NULL,
	functionality text COLLATE "C" NOT NULL,
	state text COLLATE "C" NOT NULL,
	key_id text COLLATE "C",
	created_at text COLLATE "C" NOT NULL,
	claimed_until text COLLATE "C"
);

CREATE TABLE user_account (
	id text COLLATE "C" NOT NULL,
	username text COLLATE "C" NOT NULL,
	name text COLLATE "C" NOT NULL,
	role text COLLATE "C" NOT NULL,
	password_hash text COLLATE "C" NOT NULL,
	failed_sign_ins integer NOT NULL,
	locked_until text COLLATE "C",
	created_at text COLLATE "C" NOT NULL,
	must_change_password integer DEFAULT 0 NOT NULL,
	deactivated_at text COLLATE "C",
	companies text COLLATE "C",
	sealed_totp_secret text COLLATE "C",
	totp_step integer,
	oidc_subject text COLLATE "C"
);

CREATE TABLE webhook (
	id text COLLATE "C" NOT NULL,
	url text COLLATE "C" NOT NULL,
	sealed_secret text COLLATE "C" NOT NULL,
	events text COLLATE "C" NOT NULL,
	companies text COLLATE "C",
	active integer NOT NULL,
	created_at text COLLATE "C" NOT NULL,
	created_by text COLLATE "C" NOT NULL,
	cursor integer NOT NULL
);

CREATE TABLE webhook_delivery (
	id text COLLATE "C" NOT NULL,
	webhook_id text COLLATE "C" NOT NULL,
	event text COLLATE "C" NOT NULL,
	audit_seq integer,
	company_id text COLLATE "C",
	body text COLLATE "C" NOT NULL,
	state text COLLATE "C" NOT NULL,
	tries integer NOT NULL,
	next_at text COLLATE "C" NOT NULL,
	lease_until text COLLATE "C",
	http_status integer,
	problem text COLLATE "C",
	created_at text COLLATE "C" NOT NULL,
	finished_at text COLLATE "C"
);

CREATE TABLE writer_lease (
	id text COLLATE "C" NOT NULL,
	owner text COLLATE "C" NOT NULL,
	host text COLLATE "C" NOT NULL,
	pid integer NOT NULL,
	leased_until text COLLATE "C" NOT NULL
);

ALTER TABLE api_key ADD CONSTRAINT api_key_pkey PRIMARY KEY (id);

ALTER TABLE api_key ADD CONSTRAINT api_key_sha256 UNIQUE (key_sha256);

ALTER TABLE attempt ADD CONSTRAINT attempt_document_id_fence_pk PRIMARY KEY (document_id, fence);

ALTER TABLE audit ADD CONSTRAINT audit_pkey PRIMARY KEY (seq);

ALTER TABLE audit ADD CONSTRAINT audit_prev_hash UNIQUE (prev_hash);

ALTER TABLE backup_run ADD CONSTRAINT backup_run_pkey PRIMARY KEY (id);

ALTER TABLE chain ADD CONSTRAINT chain_epoch UNIQUE (unit_id, epoch);

ALTER TABLE chain ADD CONSTRAINT chain_pkey PRIMARY KEY (id);

ALTER TABLE company ADD CONSTRAINT company_pkey PRIMARY KEY (id);

ALTER TABLE company ADD CONSTRAINT company_vat_number UNIQUE (vat_number);

ALTER TABLE compliance_document ADD CONSTRAINT compliance_document_csid_id_kind_profile_pk PRIMARY KEY (csid_id, kind, profile);

ALTER TABLE csid ADD CONSTRAINT csid_pkey PRIMARY KEY (id);

ALTER TABLE document ADD CONSTRAINT document_icv UNIQUE (chain_id, icv);

ALTER TABLE document ADD CONSTRAINT document_key UNIQUE (company_id, environment, idempotency_key);

ALTER TABLE document ADD CONSTRAINT document_number UNIQUE (company_id, environment, number, reissue_no);

ALTER TABLE document ADD CONSTRAINT document_pih UNIQUE (chain_id, pih);

ALTER TABLE document ADD CONSTRAINT document_pkey PRIMARY KEY (id);

ALTER TABLE document ADD CONSTRAINT document_uuid UNIQUE (uuid);

ALTER TABLE draft ADD CONSTRAINT draft_pkey PRIMARY KEY (id);

ALTER TABLE key_envelope ADD CONSTRAINT key_envelope_pkey PRIMARY KEY (id);

ALTER TABLE one_time_token ADD CONSTRAINT one_time_token_pkey PRIMARY KEY (token_sha256);

ALTER TABLE outbox ADD CONSTRAINT outbox_pkey PRIMARY KEY (document_id);

ALTER TABLE rate_limit ADD CONSTRAINT rate_limit_pkey PRIMARY KEY (key);

ALTER TABLE result ADD CONSTRAINT result_pkey PRIMARY KEY (document_id);

ALTER TABLE road ADD CONSTRAINT road_pkey PRIMARY KEY (id);

ALTER TABLE schema_requirement ADD CONSTRAINT schema_requirement_pkey PRIMARY KEY (version);

ALTER TABLE schema_version ADD CONSTRAINT schema_version_pkey PRIMARY KEY (version);

ALTER TABLE session ADD CONSTRAINT session_pkey PRIMARY KEY (token_sha256);

ALTER TABLE setting ADD CONSTRAINT setting_pkey PRIMARY KEY (name);

ALTER TABLE unit ADD CONSTRAINT unit_name UNIQUE (company_id, environment, name);

ALTER TABLE unit ADD CONSTRAINT unit_pkey PRIMARY KEY (id);

ALTER TABLE user_account ADD CONSTRAINT user_account_pkey PRIMARY KEY (id);

ALTER TABLE user_account ADD CONSTRAINT user_oidc_subject UNIQUE (oidc_subject);

ALTER TABLE user_account ADD CONSTRAINT user_username UNIQUE (username);

ALTER TABLE webhook ADD CONSTRAINT webhook_pkey PRIMARY KEY (id);

ALTER TABLE webhook_delivery ADD CONSTRAINT webhook_delivery_once UNIQUE (webhook_id, audit_seq);

ALTER TABLE webhook_delivery ADD CONSTRAINT webhook_delivery_pkey PRIMARY KEY (id);

ALTER TABLE writer_lease ADD CONSTRAINT writer_lease_pkey PRIMARY KEY (id);

ALTER TABLE attempt ADD CONSTRAINT attempt_document_id_document_id_fk FOREIGN KEY (document_id) REFERENCES document(id);

ALTER TABLE chain ADD CONSTRAINT chain_unit_id_unit_id_fk FOREIGN KEY (unit_id) REFERENCES unit(id);

ALTER TABLE compliance_document ADD CONSTRAINT compliance_document_csid_id_csid_id_fk FOREIGN KEY (csid_id) REFERENCES csid(id);

ALTER TABLE compliance_document ADD CONSTRAINT compliance_document_unit_id_unit_id_fk FOREIGN KEY (unit_id) REFERENCES unit(id);

ALTER TABLE csid ADD CONSTRAINT csid_key_id_key_envelope_id_fk FOREIGN KEY (key_id) REFERENCES key_envelope(id);

ALTER TABLE csid ADD CONSTRAINT csid_unit_id_unit_id_fk FOREIGN KEY (unit_id) REFERENCES unit(id);

ALTER TABLE document ADD CONSTRAINT document_chain_id_chain_id_fk FOREIGN KEY (chain_id) REFERENCES chain(id);

ALTER TABLE document ADD CONSTRAINT document_company_id_company_id_fk FOREIGN KEY (company_id) REFERENCES company(id);

ALTER TABLE document ADD CONSTRAINT document_csid_id_csid_id_fk FOREIGN KEY (csid_id) REFERENCES csid(id);

ALTER TABLE document ADD CONSTRAINT document_unit_id_unit_id_fk FOREIGN KEY (unit_id) REFERENCES unit(id);

ALTER TABLE draft ADD CONSTRAINT draft_company_id_company_id_fk FOREIGN KEY (company_id) REFERENCES company(id);

ALTER TABLE key_envelope ADD CONSTRAINT key_envelope_company_id_company_id_fk FOREIGN KEY (company_id) REFERENCES company(id);

ALTER TABLE outbox ADD CONSTRAINT outbox_document_id_document_id_fk FOREIGN KEY (document_id) REFERENCES document(id);

ALTER TABLE result ADD CONSTRAINT result_document_id_document_id_fk FOREIGN KEY (document_id) REFERENCES document(id);

ALTER TABLE session ADD CONSTRAINT session_user_id_user_account_id_fk FOREIGN KEY (user_id) REFERENCES user_account(id);

ALTER TABLE unit ADD CONSTRAINT unit_company_id_company_id_fk FOREIGN KEY (company_id) REFERENCES company(id);

ALTER TABLE unit ADD CONSTRAINT unit_key_id_key_envelope_id_fk FOREIGN KEY (key_id) REFERENCES key_envelope(id);

ALTER TABLE webhook_delivery ADD CONSTRAINT webhook_delivery_company_id_company_id_fk FOREIGN KEY (company_id) REFERENCES company(id);

ALTER TABLE webhook_delivery ADD CONSTRAINT webhook_delivery_webhook_id_webhook_id_fk FOREIGN KEY (webhook_id) REFERENCES webhook(id);

CREATE INDEX audit_subject ON public.audit USING btree (subject, seq);

CREATE INDEX backup_run_finished ON public.backup_run USING btree (finished_at);

CREATE UNIQUE INDEX chain_one_active ON public.chain USING btree (unit_id) WHERE (state = 'active'::text);

CREATE INDEX csid_unit ON public.csid USING btree (unit_id);

CREATE INDEX document_page ON public.document USING btree (company_id, sealed_at, id);

CREATE INDEX draft_company ON public.draft USING btree (company_id, updated_at);

CREATE INDEX outbox_deadline ON public.outbox USING btree (deadline_at);

CREATE INDEX outbox_next ON public.outbox USING btree (state, next_at);

CREATE INDEX webhook_delivery_next ON public.webhook_delivery USING btree (state, next_at);

CREATE INDEX webhook_delivery_page ON public.webhook_delivery USING btree (webhook_id, created_at);

CREATE OR REPLACE FUNCTION public.company_of(subject text)
 RETURNS text
 LANGUAGE plpgsql
 STABLE
AS $function$
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
END $function$;

CREATE OR REPLACE FUNCTION public.last_audit()
 RETURNS TABLE(seq integer, hash text)
 LANGUAGE plpgsql
 STABLE
AS $function$
DECLARE
	said text := current_setting('khatm.companies', true);
BEGIN
	PERFORM set_config('khatm.companies', '*', true);
	RETURN QUERY SELECT audit.seq, audit.hash FROM audit ORDER BY audit.seq DESC LIMIT 1;
	PERFORM set_config('khatm.companies', coalesce(said, ''), true);
END $function$;

CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
	RAISE EXCEPTION '%: %', TG_TABLE_NAME, TG_ARGV[0] USING ERRCODE = 'KH001';
END $function$;

CREATE OR REPLACE FUNCTION public.refuse_step()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
END $function$;

CREATE OR REPLACE FUNCTION public.refuse_unsettled()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
	IF NOT EXISTS (SELECT 1 FROM result WHERE result.document_id = old.document_id) THEN
		RAISE EXCEPTION 'outbox: leaves with a result' USING ERRCODE = 'KH001';
	END IF;
	RETURN old;
END $function$;

CREATE TRIGGER attempt_finish_once BEFORE UPDATE ON public.attempt FOR EACH ROW WHEN (((old.finished_at IS NOT NULL) OR (new.finished_at IS NULL) OR (new.document_id <> old.document_id) OR (new.fence <> old.fence) OR (new.endpoint <> old.endpoint) OR (new.started_at <> old.started_at) OR (new.request_sha256 <> old.request_sha256))) EXECUTE FUNCTION refuse_change('finished once');

CREATE TRIGGER attempt_no_delete BEFORE DELETE ON public.attempt FOR EACH ROW EXECUTE FUNCTION refuse_change('kept for ever');

CREATE TRIGGER attempt_no_truncate BEFORE TRUNCATE ON public.attempt FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('kept for ever');

CREATE TRIGGER audit_no_delete BEFORE DELETE ON public.audit FOR EACH ROW EXECUTE FUNCTION refuse_change('kept for ever');

CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON public.audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('kept for ever');

CREATE TRIGGER audit_no_update BEFORE UPDATE ON public.audit FOR EACH ROW EXECUTE FUNCTION refuse_change('written once');

CREATE TRIGGER chain_linked_step BEFORE UPDATE ON public.chain FOR EACH ROW WHEN ((new.last_icv > old.last_icv)) EXECUTE FUNCTION refuse_step();

CREATE TRIGGER chain_no_delete BEFORE DELETE ON public.chain FOR EACH ROW EXECUTE FUNCTION refuse_change('kept for ever');

CREATE TRIGGER chain_no_truncate BEFORE TRUNCATE ON public.chain FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('kept for ever');

CREATE TRIGGER chain_step BEFORE UPDATE ON public.chain FOR EACH ROW WHEN (((new.id <> old.id) OR (new.unit_id <> old.unit_id) OR (new.epoch <> old.epoch) OR (new.last_icv < old.last_icv) OR ((new.last_icv > old.last_icv) AND (old.state <> 'active'::text)) OR ((new.last_icv = old.last_icv) AND (new.last_hash <> old.last_hash)))) EXECUTE FUNCTION refuse_change('the counter steps by one');

CREATE TRIGGER csid_no_delete BEFORE DELETE ON public.csid FOR EACH ROW EXECUTE FUNCTION refuse_change('kept for ever');

CREATE TRIGGER csid_no_truncate BEFORE TRUNCATE ON public.csid FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('kept for ever');

CREATE TRIGGER csid_rewrapped_only BEFORE UPDATE ON public.csid FOR EACH ROW WHEN (((new.id <> old.id) OR (new.unit_id <> old.unit_id) OR (new.purpose <> old.purpose) OR (new.request_id <> old.request_id) OR (new.token <> old.token) OR (new.not_before <> old.not_before) OR (new.not_after <> old.not_after) OR (new.epoch <> old.epoch) OR (new.created_at <> old.created_at) OR (new.key_id IS DISTINCT FROM old.key_id))) EXECUTE FUNCTION refuse_change('written once');

CREATE TRIGGER csid_secret_rewrapped_only BEFORE UPDATE ON public.csid FOR EACH ROW WHEN ((regexp_replace(new.sealed_secret, '^.*\.'::text, ''::text) <> regexp_replace(old.sealed_secret, '^.*\.'::text, ''::text))) EXECUTE FUNCTION refuse_change('written once');

CREATE TRIGGER document_no_delete BEFORE DELETE ON public.document FOR EACH ROW EXECUTE FUNCTION refuse_change('kept for ever');

CREATE TRIGGER document_no_truncate BEFORE TRUNCATE ON public.document FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('kept for ever');

CREATE TRIGGER document_no_update BEFORE UPDATE ON public.document FOR EACH ROW EXECUTE FUNCTION refuse_change('written once');

CREATE TRIGGER key_envelope_keeps_company BEFORE UPDATE ON public.key_envelope FOR EACH ROW WHEN ((new.company_id IS DISTINCT FROM old.company_id)) EXECUTE FUNCTION refuse_change('written once');

CREATE TRIGGER key_envelope_no_delete BEFORE DELETE ON public.key_envelope FOR EACH ROW EXECUTE FUNCTION refuse_change('kept for ever');

CREATE TRIGGER key_envelope_no_truncate BEFORE TRUNCATE ON public.key_envelope FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('kept for ever');

CREATE TRIGGER key_envelope_rewrapped_only BEFORE UPDATE ON public.key_envelope FOR EACH ROW WHEN (((new.id <> old.id) OR (regexp_replace(new.envelope, '^.*\.'::text, ''::text) <> regexp_replace(old.envelope, '^.*\.'::text, ''::text)))) EXECUTE FUNCTION refuse_change('written once');

CREATE TRIGGER outbox_until_settled BEFORE DELETE ON public.outbox FOR EACH ROW EXECUTE FUNCTION refuse_unsettled();

CREATE TRIGGER result_completed_once BEFORE UPDATE ON public.result FOR EACH ROW WHEN (((old.cleared_xml IS NOT NULL) OR (new.cleared_xml IS NULL) OR (new.document_id <> old.document_id) OR (new.outcome <> old.outcome) OR (new.duplicate <> old.duplicate) OR (new.findings <> old.findings) OR (new.decided_by_fence <> old.decided_by_fence) OR (new.at <> old.at))) EXECUTE FUNCTION refuse_change('written once');

CREATE TRIGGER result_no_delete BEFORE DELETE ON public.result FOR EACH ROW EXECUTE FUNCTION refuse_change('kept for ever');

CREATE TRIGGER result_no_truncate BEFORE TRUNCATE ON public.result FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('kept for ever');

CREATE VIEW audit_head AS
 SELECT seq,
    hash
   FROM last_audit() last_audit(seq, hash);

ALTER TABLE attempt ENABLE ROW LEVEL SECURITY;

ALTER TABLE audit ENABLE ROW LEVEL SECURITY;

ALTER TABLE chain ENABLE ROW LEVEL SECURITY;

ALTER TABLE company ENABLE ROW LEVEL SECURITY;

ALTER TABLE compliance_document ENABLE ROW LEVEL SECURITY;

ALTER TABLE csid ENABLE ROW LEVEL SECURITY;

ALTER TABLE document ENABLE ROW LEVEL SECURITY;

ALTER TABLE draft ENABLE ROW LEVEL SECURITY;

ALTER TABLE key_envelope ENABLE ROW LEVEL SECURITY;

ALTER TABLE outbox ENABLE ROW LEVEL SECURITY;

ALTER TABLE result ENABLE ROW LEVEL SECURITY;

ALTER TABLE road ENABLE ROW LEVEL SECURITY;

ALTER TABLE unit ENABLE ROW LEVEL SECURITY;

ALTER TABLE webhook_delivery ENABLE ROW LEVEL SECURITY;

ALTER TABLE attempt FORCE ROW LEVEL SECURITY;

ALTER TABLE audit FORCE ROW LEVEL SECURITY;

ALTER TABLE chain FORCE ROW LEVEL SECURITY;

ALTER TABLE company FORCE ROW LEVEL SECURITY;

ALTER TABLE compliance_document FORCE ROW LEVEL SECURITY;

ALTER TABLE csid FORCE ROW LEVEL SECURITY;

ALTER TABLE document FORCE ROW LEVEL SECURITY;

ALTER TABLE draft FORCE ROW LEVEL SECURITY;

ALTER TABLE key_envelope FORCE ROW LEVEL SECURITY;

ALTER TABLE outbox FORCE ROW LEVEL SECURITY;

ALTER TABLE result FORCE ROW LEVEL SECURITY;

ALTER TABLE road FORCE ROW LEVEL SECURITY;

ALTER TABLE unit FORCE ROW LEVEL SECURITY;

ALTER TABLE webhook_delivery FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON attempt FOR ALL
	USING (((( SELECT current_setting('khatm.companies'::text, true) AS current_setting) = '*'::text) OR (EXISTS ( SELECT 1
   FROM document
  WHERE (document.id = attempt.document_id)))));

CREATE POLICY tenant ON audit FOR SELECT
	USING (((( SELECT current_setting('khatm.companies'::text, true) AS current_setting) = '*'::text) OR (company_of(subject) = ANY (( SELECT string_to_array(current_setting('khatm.companies'::text, true), ','::text) AS string_to_array)::text[]))));

CREATE POLICY tenant_append ON audit FOR INSERT
	WITH CHECK (((( SELECT current_setting('khatm.companies'::text, true) AS current_setting) = '*'::text) OR COALESCE((company_of(subject) = ANY (( SELECT string_to_array(current_setting('khatm.companies'::text, true), ','::text) AS string_to_array)::text[])), (cardinality(( SELECT string_to_array(current_setting('khatm.companies'::text, true), ','::text) AS string_to_array)) > 0))));

CREATE POLICY tenant ON chain FOR ALL
	USING (((( SELECT current_setting('khatm.companies'::text, true) AS current_setting) = '*'::text) OR (EXISTS ( SELECT 1
   FROM unit
  WHERE (unit.id = chain.unit_id)))));

CREATE POLICY tenant ON company FOR ALL
	USING (((( SELECT current_setting('khatm.companies'::text, true) AS current_setting) = '*'::text) OR (id = ANY (( SELECT string_to_array(current_setting('khatm.companies'::text, true), ','::text) AS string_to_array)::text[]))));

CREATE POLICY tenant ON compliance_document FOR ALL
	USING (((( SELECT current_setting('khatm.companies'::text, true) AS current_setting) = '*'::text) OR (EXISTS ( SELECT 1
   FROM unit
  WHERE (unit.id = compliance_document.unit_id)))));

CREATE POLICY tenant ON csid FOR ALL
	USING (((( SELECT current_setting('khatm.companies'::text, true) AS current_setting) = '*'::text) OR (EXISTS ( SELECT 1
   FROM unit
  WHERE (unit.id = csid.unit_id)))));

CREATE POLICY tenant ON document FOR ALL
	USING (((( SELECT current_setting('khatm.companies'::text, true) AS current_setting) = '*'::text) OR (company_id = ANY (( SELECT string_to_array(current_setting('khatm.companies'::text, true), ','::text) AS string_to_array)::text[]))));

CREATE POLICY tenant ON draft FOR ALL
	USING (((( SELECT current_setting('khatm.companies'::text, true) AS current_setting) = '*'::text) OR (company_id = ANY (( SELECT string_to_array(current_setting('khatm.companies'::text, true), ','::text) AS string_to_array)::text[]))));

CREATE POLICY tenant ON key_envelope FOR ALL
	USING (((( SELECT current_setting('khatm.companies'::text, true) AS current_setting) = '*'::text) OR (company_id = ANY (( SELECT string_to_array(current_setting('khatm.companies'::text, true), ','::text) AS string_to_array)::text[]))));

CREATE POLICY tenant ON outbox FOR ALL
	USING (((( SELECT current_setting('khatm.companies'::text, true) AS current_setting) = '*'::text) OR (EXISTS ( SELECT 1
   FROM document
  WHERE (document.id = outbox.document_id)))));

CREATE POLICY tenant ON result FOR ALL
	USING (((( SELECT current_setting('khatm.companies'::text, true) AS current_setting) = '*'::text) OR (EXISTS ( SELECT 1
   FROM document
  WHERE (document.id = result.document_id)))));

CREATE POLICY tenant ON road FOR ALL
	USING (((id !~~ 'csid/%'::text) OR (( SELECT current_setting('khatm.companies'::text, true) AS current_setting) = '*'::text) OR (EXISTS ( SELECT 1
   FROM csid
  WHERE (csid.id = substr(road.id, 6))))));

CREATE POLICY tenant ON unit FOR ALL
	USING (((( SELECT current_setting('khatm.companies'::text, true) AS current_setting) = '*'::text) OR (company_id = ANY (( SELECT string_to_array(current_setting('khatm.companies'::text, true), ','::text) AS string_to_array)::text[]))));

CREATE POLICY tenant ON webhook_delivery FOR ALL
	USING (((( SELECT current_setting('khatm.companies'::text, true) AS current_setting) = '*'::text) OR (company_id = ANY (( SELECT string_to_array(current_setting('khatm.companies'::text, true), ','::text) AS string_to_array)::text[]))));
