/** A worker of a test office as its employer sees it. */
import { type Acknowledgement, type Assignment, type Order, report } from './messages.ts'
import { type Ended, start, until } from './process.ts'

export interface Worker {
  /** Documents without a final result, as it sees them from now on */
  open(): Promise<number>
  /** Where something happened to it, oldest first */
  readonly happened: readonly string[]
  readonly ended: Promise<Ended>
  alive(): boolean
  tell(order: Order): void
  signal(signal: NodeJS.Signals): void
  /** Sends again what is held, opens what is frozen; how many documents that were */
  attend(): Promise<number>
  /** Finishes what is under way */
  stop(): Promise<Ended>
}

export interface Listener {
  acknowledged(given: Acknowledgement): void
  refused(sale: number, code: string): void
}

/** Starts it and waits until it is at work. */
export const hire = async (assignment: Assignment, listener: Listener): Promise<Worker> => {
  const { child, ended } = start('office-process', [JSON.stringify(assignment)], assignment)
  const seen: { open?: number; ready: boolean; over: boolean; attended?: number } = { ready: false, over: false }
  const happened: string[] = []
  child.on('message', (message) => {
    const said = report.parse(message)
    if ('ready' in said) seen.ready = true
    else if ('acknowledged' in said) listener.acknowledged(said.acknowledged)
    else if ('refused' in said) listener.refused(said.refused.sale, said.refused.code)
    else if ('happened' in said) happened.push(said.happened)
    else if ('attended' in said) seen.attended = said.attended
    else seen.open = said.open
  })
  void ended.then(() => {
    seen.over = true
  })
  await until('a worker is at work', () => seen.ready || seen.over)
  if (!seen.ready) throw new Error(`a worker did not start: ${JSON.stringify(await ended)}`)
  // It may die between the question and the message: what it does not hear, its successor does.
  const tell = (order: Order): void => {
    if (child.connected) child.send(order, () => undefined)
  }
  return {
    open: async () => {
      delete seen.open
      await until('a worker has looked', () => seen.open !== undefined || seen.over)
      return seen.open ?? 1
    },
    happened,
    ended,
    alive: () => !seen.over,
    tell,
    signal: (signal) => void child.kill(signal),
    attend: async () => {
      delete seen.attended
      tell({ attend: true })
      await until('a person has attended', () => seen.attended !== undefined || seen.over)
      return seen.attended ?? 0
    },
    stop: () => {
      tell({ stop: true })
      return ended
    },
  }
}
