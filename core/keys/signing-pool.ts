/**
 * Threads that stamp documents away from the one that serves people. They ask no key-encryption provider: this thread unwraps the data
 * key, wherever it is wrapped, and lends it for one job; it leaves this thread's memory with the message and is wiped over there.
 */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { Failure, type FailureCode, type FailureDetails } from '#core/errors.ts'
import type { Prepared, Sealed } from '#core/ports.ts'
import type { OpenedEnvelope } from './envelope.ts'

export interface SigningPool {
  /** In the order of `prepared`, self-checked and packed. A thread that dies is replaced and its job done once more. */
  stamp(work: StampWork): Promise<readonly Sealed[]>
  close(): Promise<void>
}

export interface StampWork {
  /** Unwraps the data key; asked once for each time the work is handed out, because what is lent is wiped */
  readonly lend: () => Promise<OpenedEnvelope>
  readonly binding: string
  /** Base64, as in `Certificate.text` */
  readonly certificate: string
  readonly prepared: readonly Prepared[]
  readonly signingTime: string
}

/** One message to a thread, and its answer. */
export interface StampJob extends Omit<StampWork, 'lend'> {
  readonly id: number
  readonly key: OpenedEnvelope
}

export type StampAnswer =
  | { readonly id: number; readonly sealed: readonly Sealed[] }
  | { readonly id: number; readonly failure: StampFailure }

interface StampFailure {
  readonly code: FailureCode
  readonly reason: string | undefined
  readonly details: FailureDetails
}

export interface SigningPoolOptions {
  /** One less than the processor has cores when absent, at least one */
  readonly threads?: number
  /** The program of a thread, for a packaged program */
  readonly script?: URL
}

/** Threads start with the first job and end after a minute without one. */
export const signingPool = (options: SigningPoolOptions = {}): SigningPool => {
  const { threads = Math.max(1, availableParallelism() - 1) } = options
  const { script = new URL('./signing-pool-worker.ts', import.meta.url) } = options
  const lanes = Array.from({ length: threads }, () => openLane(script))
  const handOut = async (work: StampWork): Promise<StampAnswer | 'lost'> => {
    const { lend, ...rest } = work
    const key = ownCopy(await lend())
    const lane = lanes.reduce((idlest, each) => (each.busy() < idlest.busy() ? each : idlest))
    return lane.run({ ...rest, key })
  }
  return {
    stamp: async (work) => {
      const first = await handOut(work)
      const answer = first === 'lost' ? await handOut(work) : first
      if (answer === 'lost') throw new Failure('internal/unexpected', { reason: 'a signing thread ended twice' })
      if ('sealed' in answer) return answer.sealed
      const { code, reason, details } = answer.failure
      throw new Failure(code, { details, ...(reason === undefined ? {} : { reason }) })
    },
    close: async () => {
      await Promise.all(lanes.map((lane) => lane.close()))
    },
  }
}

/** Node keeps small buffers in shared memory, which cannot leave the thread: the key gets memory of its own, and the other is wiped. */
const ownCopy = ({
  dataKey,
  sealed,
}: OpenedEnvelope): OpenedEnvelope & { readonly dataKey: Uint8Array<ArrayBuffer> } => {
  const copy = { dataKey: new Uint8Array(dataKey), sealed: new Uint8Array(sealed) }
  dataKey.fill(0)
  return copy
}

type Job = Omit<StampJob, 'id'> & { readonly key: { readonly dataKey: Uint8Array<ArrayBuffer> } }

/** What a thread may use; its documents lie outside of this. */
const resourceLimits = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 8 }
const IDLE_MS = 60_000

/** One thread at a time, started when there is work and again when it died. */
const openLane = (script: URL) => {
  const waiting = new Map<number, (answer: StampAnswer | 'lost') => void>()
  let worker: Worker | undefined
  let idle: NodeJS.Timeout | undefined
  let jobs = 0

  const start = (): Worker => {
    const started = new Worker(script, { resourceLimits, execArgv: [], name: 'signing' })
    started.on('message', (answer: StampAnswer) => settle(answer.id, answer))
    // An error is followed by the exit.
    started.on('error', () => undefined)
    started.on('exit', () => {
      if (worker !== started) return
      worker = undefined
      for (const id of [...waiting.keys()]) settle(id, 'lost')
    })
    return started
  }
  const settle = (id: number, answer: StampAnswer | 'lost'): void => {
    waiting.get(id)?.(answer)
    waiting.delete(id)
    if (waiting.size > 0) return
    // Nobody waits for an idle thread: it must not keep the program alive.
    worker?.unref()
    idle = setTimeout(close, IDLE_MS).unref()
  }
  const close = async (): Promise<void> => {
    clearTimeout(idle)
    await worker?.terminate()
  }

  return {
    busy: () => waiting.size,
    close,
    run: (job: Job) =>
      new Promise<StampAnswer | 'lost'>((resolve) => {
        clearTimeout(idle)
        worker ??= start()
        worker.ref()
        jobs += 1
        waiting.set(jobs, resolve)
        worker.postMessage({ ...job, id: jobs } satisfies StampJob, [job.key.dataKey.buffer])
      }),
  }
}
