/** What keeps the program running: roads, settings, backups, the lease of the one writer, the audit log, counted requests. */
import type { Road } from '#core/ports.ts'
import type { Words } from './words.ts'

export const running = (words: Words) => {
  const { table, text, json, integer, long, flag, unique, index, optional } = words

  const road = table('road', {
    id: text('id').primaryKey(),
    state: text('state').$type<Road['state']>().notNull(),
    reason: optional('reason').$type<Road['reason']>(),
    changedAt: text('changed_at').notNull(),
    changedBy: text('changed_by').notNull(),
    probeAt: optional('probe_at'),
    failures: integer('failures').notNull(),
    successes: integer('successes').notNull(),
    trips: integer('trips').notNull(),
    windowStartedAt: optional('window_started_at'),
    windowTotal: integer('window_total').notNull(),
    windowFailed: integer('window_failed').notNull(),
    concurrency: integer('concurrency').notNull(),
    concurrencyChangedAt: text('concurrency_changed_at').notNull(),
  })

  const setting = table('setting', {
    name: text('name').primaryKey(),
    value: json('value').notNull(),
    changedAt: text('changed_at').notNull(),
    changedBy: text('changed_by').notNull(),
  })

  const backupRun = table(
    'backup_run',
    {
      id: text('id').primaryKey(),
      startedAt: text('started_at').notNull(),
      finishedAt: text('finished_at').notNull(),
      target: text('target').notNull(),
      bytes: long('bytes').notNull(),
      documents: integer('documents').notNull(),
      verified: flag('verified').notNull(),
      problem: optional('problem'),
    },
    (at) => [index('backup_run_finished').on(at.finishedAt)],
  )

  const writerLease = table('writer_lease', {
    id: text('id').primaryKey(),
    owner: text('owner').notNull(),
    host: text('host').notNull(),
    pid: integer('pid').notNull(),
    leasedUntil: text('leased_until').notNull(),
  })

  const audit = table(
    'audit',
    {
      seq: integer('seq').primaryKey(),
      at: text('at').notNull(),
      actor: text('actor').notNull(),
      action: text('action').notNull(),
      subject: text('subject').notNull(),
      details: json('details').$type<Readonly<Record<string, unknown>>>().notNull(),
      prevHash: text('prev_hash').notNull(),
      hash: text('hash').notNull(),
    },
    (at) => [unique('audit_prev_hash').on(at.prevHash), index('audit_subject').on(at.subject, at.seq)],
  )

  /** Written by the library that counts requests for all replicas; its names and types are the library's. */
  const rateLimit = table('rate_limit', {
    key: text('key').primaryKey(),
    points: integer('points').notNull(),
    expire: long('expire'),
  })

  return { road, setting, backupRun, writerLease, audit, rateLimit }
}
