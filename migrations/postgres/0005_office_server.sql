-- Expands: programs that know schema 4 go on beside it.
-- requires: 4
CREATE TABLE "api_key" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"prefix" text COLLATE "C" NOT NULL,
	"key_sha256" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"companies" text COLLATE "C",
	"created_at" text COLLATE "C" NOT NULL,
	"created_by" text COLLATE "C" NOT NULL,
	"expires_at" text COLLATE "C",
	"last_used_at" text COLLATE "C",
	"revoked_at" text COLLATE "C",
	CONSTRAINT "api_key_sha256" UNIQUE("key_sha256")
);
--> statement-breakpoint
CREATE TABLE "one_time_token" (
	"token_sha256" text COLLATE "C" PRIMARY KEY NOT NULL,
	"purpose" text COLLATE "C" NOT NULL,
	"details" text COLLATE "C" NOT NULL,
	"created_at" text COLLATE "C" NOT NULL,
	"expires_at" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhook" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"url" text COLLATE "C" NOT NULL,
	"sealed_secret" text COLLATE "C" NOT NULL,
	"events" text COLLATE "C" NOT NULL,
	"companies" text COLLATE "C",
	"active" integer NOT NULL,
	"created_at" text COLLATE "C" NOT NULL,
	"created_by" text COLLATE "C" NOT NULL,
	"cursor" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhook_delivery" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"webhook_id" text COLLATE "C" NOT NULL,
	"event" text COLLATE "C" NOT NULL,
	"audit_seq" integer,
	"company_id" text COLLATE "C",
	"body" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"tries" integer NOT NULL,
	"next_at" text COLLATE "C" NOT NULL,
	"lease_until" text COLLATE "C",
	"http_status" integer,
	"problem" text COLLATE "C",
	"created_at" text COLLATE "C" NOT NULL,
	"finished_at" text COLLATE "C",
	CONSTRAINT "webhook_delivery_once" UNIQUE("webhook_id","audit_seq")
);
--> statement-breakpoint
ALTER TABLE "user_account" ADD COLUMN "companies" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "user_account" ADD COLUMN "sealed_totp_secret" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "user_account" ADD COLUMN "totp_step" integer;--> statement-breakpoint
ALTER TABLE "user_account" ADD COLUMN "oidc_subject" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_webhook_id_webhook_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."webhook"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_company_id_company_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."company"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "webhook_delivery_next" ON "webhook_delivery" USING btree ("state","next_at");--> statement-breakpoint
CREATE INDEX "webhook_delivery_page" ON "webhook_delivery" USING btree ("webhook_id","created_at");--> statement-breakpoint
ALTER TABLE "user_account" ADD CONSTRAINT "user_oidc_subject" UNIQUE("oidc_subject");