/** How the office runs: roads to ZATCA that are closed or slowed down, chosen settings, and the backups that were made. */
import { asc, desc, eq, getTableColumns } from 'drizzle-orm'
import type { Reader, Road, Writer } from '#core/ports.ts'
import { type Db, record, type Transaction } from './db.ts'
import { selected } from './prepared.ts'
import { backupRun, road, setting } from './schema.postgres.ts'

const allRoads = selected(getTableColumns(road), (rows) => rows.from(road).orderBy(asc(road.id)))
const allSettings = selected(getTableColumns(setting), (rows) => rows.from(setting).orderBy(asc(setting.name)))

export const operationsReader = (db: Db): Pick<Reader, 'roads' | 'settings' | 'backupRuns'> => ({
  roads: () => allRoads(db, {}),
  settings: () => allSettings(db, {}),
  backupRuns: async (limit) =>
    (await db.select().from(backupRun).orderBy(desc(backupRun.finishedAt), desc(backupRun.id)).limit(limit)).map(
      record,
    ),
})

const stored = (saved: Road) => ({
  ...saved,
  reason: saved.reason ?? null,
  probeAt: saved.probeAt ?? null,
  windowStartedAt: saved.windowStartedAt ?? null,
})

type OperationsWriter = Pick<Writer, 'lockRoad' | 'saveRoad' | 'saveSetting' | 'addBackupRun'>

export const operationsWriter = ({ db, rowLocks }: Transaction): OperationsWriter => ({
  lockRoad: async (fresh) => {
    await db.insert(road).values(stored(fresh)).onConflictDoNothing()
    const query = db.select().from(road).where(eq(road.id, fresh.id))
    return (await (rowLocks ? query.for('update') : query)).map(record)[0] ?? fresh
  },
  saveRoad: async (saved) => {
    const { id, ...set } = stored(saved)
    await db
      .insert(road)
      .values({ id, ...set })
      .onConflictDoUpdate({ target: road.id, set })
  },
  saveSetting: async ({ name, ...set }) => {
    await db
      .insert(setting)
      .values({ name, ...set })
      .onConflictDoUpdate({ target: setting.name, set })
  },
  addBackupRun: async (run) => {
    await db.insert(backupRun).values(run)
  },
})
