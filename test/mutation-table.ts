/** What keeps the books whole, how it is taken away, and the test that has to notice (`npm run mutations`). */

export interface Mutation {
  readonly removed: string
  readonly file: string
  readonly text: string
  readonly replacement: string
  readonly test: { readonly file: string; readonly names: string }
}

export const mutations: readonly Mutation[] = [
  {
    removed: 'the lock on the row of the chain',
    file: 'core/storage/chains.ts',
    text: 'const take = async () => (await (rowLocks ? lockedActiveOf : activeOf)(db, { unitId }))[0]',
    replacement: 'const take = async () => (await activeOf(db, { unitId }))[0]',
    test: { file: 'test/storage/storage.test.ts', names: 'does not fork under writers' },
  },
  {
    removed: "SQLite's queue of writers",
    file: 'core/storage/sqlite.ts',
    text: 'const done = serially(() => transaction(connection, run, work))',
    replacement: 'const done = transaction(connection, run, work)',
    test: { file: 'test/storage/storage.test.ts', names: 'does not fork under writers' },
  },
  {
    removed: 'the fence',
    file: 'core/storage/outbox.ts',
    text: 'and(eq(outbox.documentId, documentId), eq(outbox.fence, fence))',
    replacement: 'and(eq(outbox.documentId, documentId))',
    test: { file: 'test/storage/outbox.test.ts', names: 'a stale worker changes nothing' },
  },
  {
    removed: "SQLite's `synchronous = FULL`",
    file: 'core/storage/sqlite-durability.ts',
    text: "{ asked: 'FULL', found: 2 }",
    replacement: "{ asked: 'NORMAL', found: 1 }",
    test: { file: 'test/storage/disk.test.ts', names: 'every commit is synced|says how durable' },
  },
]
