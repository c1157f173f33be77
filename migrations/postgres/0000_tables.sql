CREATE TABLE "attempt" (
	"document_id" text COLLATE "C" NOT NULL,
	"fence" integer NOT NULL,
	"endpoint" text COLLATE "C" NOT NULL,
	"started_at" text COLLATE "C" NOT NULL,
	"finished_at" text COLLATE "C",
	"request_sha256" text COLLATE "C" NOT NULL,
	"verdict" text COLLATE "C",
	"http_status" integer,
	"response" text COLLATE "C",
	CONSTRAINT "attempt_document_id_fence_pk" PRIMARY KEY("document_id","fence")
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"seq" integer PRIMARY KEY NOT NULL,
	"at" text COLLATE "C" NOT NULL,
	"actor" text COLLATE "C" NOT NULL,
	"action" text COLLATE "C" NOT NULL,
	"subject" text COLLATE "C" NOT NULL,
	"details" text COLLATE "C" NOT NULL,
	"prev_hash" text COLLATE "C" NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	CONSTRAINT "audit_prev_hash" UNIQUE("prev_hash")
);
--> statement-breakpoint
CREATE TABLE "chain" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"unit_id" text COLLATE "C" NOT NULL,
	"epoch" integer NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"last_icv" integer NOT NULL,
	"last_hash" text COLLATE "C" NOT NULL,
	"last_sealed_at" text COLLATE "C",
	"frozen_reason" text COLLATE "C",
	CONSTRAINT "chain_epoch" UNIQUE("unit_id","epoch")
);
--> statement-breakpoint
CREATE TABLE "company" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"vat_number" text COLLATE "C" NOT NULL,
	"party" text COLLATE "C" NOT NULL,
	"industry" text COLLATE "C" NOT NULL,
	"created_at" text COLLATE "C" NOT NULL,
	CONSTRAINT "company_vat_number" UNIQUE("vat_number")
);
--> statement-breakpoint
CREATE TABLE "compliance_document" (
	"unit_id" text COLLATE "C" NOT NULL,
	"csid_id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"profile" text COLLATE "C" NOT NULL,
	"passed" integer NOT NULL,
	"findings" text COLLATE "C" NOT NULL,
	"at" text COLLATE "C" NOT NULL,
	CONSTRAINT "compliance_document_csid_id_kind_profile_pk" PRIMARY KEY("csid_id","kind","profile")
);
--> statement-breakpoint
CREATE TABLE "csid" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"unit_id" text COLLATE "C" NOT NULL,
	"purpose" text COLLATE "C" NOT NULL,
	"request_id" text COLLATE "C" NOT NULL,
	"token" text COLLATE "C" NOT NULL,
	"sealed_secret" text COLLATE "C" NOT NULL,
	"not_before" text COLLATE "C" NOT NULL,
	"not_after" text COLLATE "C" NOT NULL,
	"epoch" integer NOT NULL,
	"created_at" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "document" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"company_id" text COLLATE "C" NOT NULL,
	"unit_id" text COLLATE "C" NOT NULL,
	"chain_id" text COLLATE "C" NOT NULL,
	"environment" text COLLATE "C" NOT NULL,
	"icv" integer NOT NULL,
	"uuid" text COLLATE "C" NOT NULL,
	"pih" text COLLATE "C" NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"profile" text COLLATE "C" NOT NULL,
	"number" text COLLATE "C" NOT NULL,
	"reissue_no" integer NOT NULL,
	"supersedes" text COLLATE "C",
	"issue_date" text COLLATE "C" NOT NULL,
	"issue_time" text COLLATE "C" NOT NULL,
	"buyer_name" text COLLATE "C",
	"currency" text COLLATE "C" NOT NULL,
	"tax_inclusive_amount" text COLLATE "C" NOT NULL,
	"tax_amount_sar" text COLLATE "C" NOT NULL,
	"sealed_at" text COLLATE "C" NOT NULL,
	"rule_pack" text COLLATE "C" NOT NULL,
	"warnings" text COLLATE "C" NOT NULL,
	"draft" text COLLATE "C" NOT NULL,
	"qr" text COLLATE "C" NOT NULL,
	"csid_id" text COLLATE "C" NOT NULL,
	"idempotency_key" text COLLATE "C" NOT NULL,
	"body_sha256" text COLLATE "C" NOT NULL,
	"signed_xml" "bytea" NOT NULL,
	"signed_length" integer NOT NULL,
	"signed_sha256" text COLLATE "C" NOT NULL,
	CONSTRAINT "document_icv" UNIQUE("chain_id","icv"),
	CONSTRAINT "document_pih" UNIQUE("chain_id","pih"),
	CONSTRAINT "document_uuid" UNIQUE("uuid"),
	CONSTRAINT "document_number" UNIQUE("company_id","environment","number","reissue_no"),
	CONSTRAINT "document_key" UNIQUE("company_id","environment","idempotency_key")
);
--> statement-breakpoint
CREATE TABLE "draft" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"company_id" text COLLATE "C" NOT NULL,
	"draft" text COLLATE "C" NOT NULL,
	"updated_at" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "key_envelope" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"envelope" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"document_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"endpoint" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"held_reason" text COLLATE "C",
	"deadline_at" text COLLATE "C" NOT NULL,
	"next_at" text COLLATE "C" NOT NULL,
	"lease_until" text COLLATE "C",
	"fence" integer NOT NULL,
	"claims" integer NOT NULL,
	"first_sent_at" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "result" (
	"document_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"outcome" text COLLATE "C" NOT NULL,
	"duplicate" integer NOT NULL,
	"findings" text COLLATE "C" NOT NULL,
	"decided_by_fence" integer NOT NULL,
	"at" text COLLATE "C" NOT NULL,
	"cleared_xml" "bytea",
	"cleared_length" integer,
	"cleared_sha256" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "session" (
	"token_sha256" text COLLATE "C" PRIMARY KEY NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"created_at" text COLLATE "C" NOT NULL,
	"last_seen_at" text COLLATE "C" NOT NULL,
	"expires_at" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "unit" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"company_id" text COLLATE "C" NOT NULL,
	"environment" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"branch" text COLLATE "C" NOT NULL,
	"functionality" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"key_id" text COLLATE "C",
	"created_at" text COLLATE "C" NOT NULL,
	CONSTRAINT "unit_name" UNIQUE("company_id","environment","name")
);
--> statement-breakpoint
CREATE TABLE "user_account" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"username" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"password_hash" text COLLATE "C" NOT NULL,
	"failed_sign_ins" integer NOT NULL,
	"locked_until" text COLLATE "C",
	"created_at" text COLLATE "C" NOT NULL,
	CONSTRAINT "user_username" UNIQUE("username")
);
--> statement-breakpoint
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chain" ADD CONSTRAINT "chain_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "compliance_document" ADD CONSTRAINT "compliance_document_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "compliance_document" ADD CONSTRAINT "compliance_document_csid_id_csid_id_fk" FOREIGN KEY ("csid_id") REFERENCES "public"."csid"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "csid" ADD CONSTRAINT "csid_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document" ADD CONSTRAINT "document_company_id_company_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."company"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document" ADD CONSTRAINT "document_unit_id_unit_id_fk" FOREIGN KEY ("unit_id") REFERENCES "public"."unit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document" ADD CONSTRAINT "document_chain_id_chain_id_fk" FOREIGN KEY ("chain_id") REFERENCES "public"."chain"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document" ADD CONSTRAINT "document_csid_id_csid_id_fk" FOREIGN KEY ("csid_id") REFERENCES "public"."csid"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft" ADD CONSTRAINT "draft_company_id_company_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."company"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "result" ADD CONSTRAINT "result_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_user_account_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user_account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit" ADD CONSTRAINT "unit_company_id_company_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."company"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit" ADD CONSTRAINT "unit_key_id_key_envelope_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."key_envelope"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_subject" ON "audit" USING btree ("subject","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "chain_one_active" ON "chain" USING btree ("unit_id") WHERE state = 'active';--> statement-breakpoint
CREATE INDEX "csid_unit" ON "csid" USING btree ("unit_id");--> statement-breakpoint
CREATE INDEX "document_page" ON "document" USING btree ("company_id","sealed_at","id");--> statement-breakpoint
CREATE INDEX "draft_company" ON "draft" USING btree ("company_id","updated_at");--> statement-breakpoint
CREATE INDEX "outbox_next" ON "outbox" USING btree ("state","next_at");