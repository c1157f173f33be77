/** Child processes of the harness: started, spoken to, and waited for. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { bundled, type Program } from './bundle.ts'

const folder = await bundled()

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface StartOptions {
  /** The operating system refuses to make any file longer than this, bytes */
  readonly largestFile?: number | undefined
}

/** Starts one; `ended` resolves whatever happens to it. */
export const start = (program: Program, given: readonly string[], { largestFile }: StartOptions = {}) => {
  const node = [process.execPath, join(folder, `${program}.js`), ...given]
  // The signal that comes with the refusal would end the program; ignored, the write itself fails.
  const limited = ['sh', '-c', `trap '' XFSZ; ulimit -f ${(largestFile ?? 0) / 512}; exec "$@"`, 'sh', ...node]
  const [command = '', ...rest] = largestFile === undefined ? node : limited
  const child = spawn(command, rest, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  return { child, ended: endOf(child) }
}

const endOf = (child: ChildProcess): Promise<Ended> =>
  new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })

/** Resolves when it holds; fails with what was waited for after a time in which anything healthy happens. */
export const until = async (what: string, holds: () => boolean, withinMs = 60_000): Promise<void> => {
  const giveUpAt = Date.now() + withinMs
  while (!holds()) {
    if (Date.now() > giveUpAt) throw new Error(`waited ${withinMs / 1000} s in vain until ${what}`)
    await pause(10)
  }
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))
