/** One fault on one engine, from an office at work to the count. */
import type { Engine, RunningEngine } from '../storage/databases.ts'
import type { Fault, Inflicted, Share } from './faults.ts'
import { type Office, type Outcome, openOffice } from './office.ts'

export interface Trial extends Outcome {
  readonly fault: string
  readonly engine: Engine['name']
  readonly faults: number
  readonly recoveries: readonly number[]
  /** What went wrong with the trial itself: it could not be carried out to its end */
  readonly problem: string | undefined
}

/** What must be zero after every fault. */
export const losses = ['lost', 'duplicated', 'forked', 'gaps', 'unsettled', 'unjournalled'] as const

export const tryOut = async (
  fault: Fault,
  engine: Engine['name'],
  running: RunningEngine,
  rounds: number,
  share?: Share,
): Promise<Trial> => {
  const office = await openOffice(engine, running)
  const { faults, recoveries = [], problem } = await inflict(fault, office, rounds, share)
  return { fault: fault.name, engine, faults, recoveries, problem, ...(await office.close()) }
}

/** What happened until then is counted all the same. */
const inflict = async (
  fault: Fault,
  office: Office,
  rounds: number,
  share?: Share,
): Promise<Inflicted & { readonly problem: string | undefined }> => {
  try {
    return { ...(await fault.inflict(office, rounds, share)), problem: undefined }
  } catch (error) {
    return { faults: 0, problem: error instanceof Error ? error.message : String(error) }
  }
}
