/** What processes of this machine take, as Linux tells it in `/proc`: memory and time of processors. */
import { existsSync, readFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'

/** A process and all that it started. */
export const family = (pid: number): readonly number[] => {
  const children = textOf(`/proc/${pid}/task/${pid}/children`).trim()
  return [
    pid,
    ...children
      .split(' ')
      .filter(Boolean)
      .flatMap((child) => family(Number(child))),
  ]
}

export const isRunning = (pid: number): boolean => existsSync(`/proc/${pid}`)

/** Resident memory of all of them, megabytes; pages that they share count in each. */
export const residentMegabytes = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => sum + Number(/^VmRSS:\s+(\d+) kB$/m.exec(textOf(`/proc/${pid}/status`))?.[1] ?? 0), 0) /
  1024

/** Ticks of the kernel's clock in a second, on every Linux that Node runs on. */
const ticks = 100

/** Milliseconds of processors that they have used since they began, in user and system mode, with children that have ended. */
export const processorMs = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => {
    const fields = textOf(`/proc/${pid}/stat`).split(') ')[1]?.split(' ') ?? []
    return sum + fields.slice(11, 15).reduce((used, field) => used + Number(field), 0)
  }, 0) *
  (1000 / ticks)

/** A process that has ended takes nothing. */
const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return ''
    throw error
  }
}

/** For the head of a table: what it was measured on, and what else ran there. */
export const machine = (): string =>
  `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}, load average ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' / ')}`
