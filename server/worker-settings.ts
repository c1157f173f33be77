/** The settings that share the work out: how many processes, what each of them does, and how many connections to the database they get. */
import { z } from 'zod'
import type { Contradiction } from './config-problem.ts'

/** What a server does: serve people and programs, work in the background (send, archive, back up), or both. */
export const serverRoles = ['all', 'api', 'worker'] as const
export type ServerRole = (typeof serverRoles)[number]

/** How many workers a machine with so many processors gets. */
const countedWorkers = {
  auto: (processors: number) => processors,
  'cpu*2+1': (processors: number) => processors * 2 + 1,
}

const mostWorkers = 64

export const workerSettings = {
  /** Processes that serve behind one port: a number, `auto` (one for each processor) or `cpu*2+1` */
  WORKERS: z.union([z.enum(['auto', 'cpu*2+1']), z.coerce.number().int().min(1).max(mostWorkers)]).default(1),
  ROLE: z.enum(serverRoles).default('all'),
  /** Most connections to Postgres, of all workers together; default: 4 for each worker, within 10 and 20 */
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).optional(),
}

const schema = z.object(workerSettings)
type WorkerSettings = z.infer<typeof schema> & { readonly DATABASE_URL?: string | undefined }

/** How the work of one server is shared out. */
export interface Shares {
  /** One process when 1, and always with SQLite, whose file has one owner */
  readonly workers: number
  /** Connections to Postgres of each worker */
  readonly connections: number
  /** Threads of each worker that stamp documents: all but one of the processors, shared out */
  readonly signingThreads: number
}

export const sharesOf = (is: WorkerSettings, processors: number): Shares => {
  const workers = workersOf(is, processors)
  return {
    workers,
    connections: Math.floor((is.DATABASE_POOL ?? usualPool(workers)) / workers),
    signingThreads: Math.max(1, Math.floor((processors - 1) / workers)),
  }
}

const workersOf = ({ WORKERS, DATABASE_URL }: WorkerSettings, processors: number): number => {
  if (DATABASE_URL === undefined) return 1
  return Math.min(mostWorkers, typeof WORKERS === 'number' ? WORKERS : countedWorkers[WORKERS](processors))
}

/** A worker holds one connection for long while it backs up, so that two are the least. */
const leastConnections = 2

const usualPool = (workers: number): number =>
  Math.max(leastConnections * workers, Math.min(20, Math.max(10, 4 * workers)))

type Applies = (
  settings: WorkerSettings & {
    readonly ENVIRONMENT_NAME: string
    readonly PRACTICE?: boolean | undefined
    readonly PRACTICE_URL?: string | undefined
  },
  processors: number,
) => boolean

export const workerContradictions: readonly Contradiction<Parameters<Applies>>[] = [
  {
    setting: 'DATABASE_POOL',
    applies: (is, processors) => sharesOf(is, processors).connections < leastConnections,
    message: `DATABASE_POOL leaves less than ${leastConnections} connections to each worker: raise it, or lower WORKERS.`,
    message_ar: 'قيمة DATABASE_POOL لا تترك لكل عملية اتصالين بقاعدة البيانات: ارفعها أو قلّل WORKERS.',
  },
  {
    setting: 'ROLE',
    applies: (is) => is.ROLE !== 'all' && is.DATABASE_URL === undefined,
    message: 'ROLE divides the work between servers, which takes a shared database: set DATABASE_URL, or ROLE to all.',
    message_ar:
      'توزيع العمل بين الخوادم عبر ROLE يحتاج إلى قاعدة بيانات مشتركة: حدّد DATABASE_URL أو اجعل ROLE بقيمة all.',
  },
  {
    setting: 'PRACTICE_URL',
    applies: (is) =>
      is.ROLE !== 'all' && (is.PRACTICE ?? is.ENVIRONMENT_NAME !== 'production') && is.PRACTICE_URL === undefined,
    message:
      'Servers that share the work need one practice gateway: run "khatm practice" and name it in PRACTICE_URL, or switch PRACTICE off.',
    message_ar:
      'الخوادم التي تتقاسم العمل تحتاج إلى بوابة تدريب واحدة: شغّل الأمر khatm practice واذكر عنوانها في PRACTICE_URL، أو أوقف PRACTICE.',
  },
]
