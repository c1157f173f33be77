/** Child processes of the harness: started, spoken to, and waited for. */
import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** Starts a file of this folder; `ended` resolves whatever happens to it. */
export const start = (file: string, ...given: readonly string[]) => {
  const child = fork(join(import.meta.dirname, file), given, {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
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
