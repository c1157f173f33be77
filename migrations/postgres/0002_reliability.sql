CREATE TABLE "backup_run" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"started_at" text COLLATE "C" NOT NULL,
	"finished_at" text COLLATE "C" NOT NULL,
	"target" text COLLATE "C" NOT NULL,
	"bytes" bigint NOT NULL,
	"documents" integer NOT NULL,
	"verified" integer NOT NULL,
	"problem" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "road" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C",
	"changed_at" text COLLATE "C" NOT NULL,
	"changed_by" text COLLATE "C" NOT NULL,
	"probe_at" text COLLATE "C",
	"failures" integer NOT NULL,
	"successes" integer NOT NULL,
	"trips" integer NOT NULL,
	"window_started_at" text COLLATE "C",
	"window_total" integer NOT NULL,
	"window_failed" integer NOT NULL,
	"concurrency" integer NOT NULL,
	"concurrency_changed_at" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "setting" (
	"name" text COLLATE "C" PRIMARY KEY NOT NULL,
	"value" text COLLATE "C" NOT NULL,
	"changed_at" text COLLATE "C" NOT NULL,
	"changed_by" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "writer_lease" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"owner" text COLLATE "C" NOT NULL,
	"host" text COLLATE "C" NOT NULL,
	"pid" integer NOT NULL,
	"leased_until" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "attempt" ADD COLUMN "cause" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "chain" ADD COLUMN "archived_icv" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "csid" ADD COLUMN "key_id" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "lease_owner" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "unit" ADD COLUMN "claimed_until" text COLLATE "C";--> statement-breakpoint
CREATE INDEX "backup_run_finished" ON "backup_run" USING btree ("finished_at");--> statement-breakpoint
ALTER TABLE "csid" ADD CONSTRAINT "csid_key_id_key_envelope_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."key_envelope"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "outbox_deadline" ON "outbox" USING btree ("deadline_at");