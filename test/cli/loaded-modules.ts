/** What a command of the program loads: its tools must not need a server, a database or a key store. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..', '..')

export const ofServerOrDatabase =
  /^(?:core\/(?:storage|gateway|keys|api|compose)|server|practice|node_modules\/(?:better-sqlite3|pg|drizzle-orm|fastify|@fastify|@orpc|pino))\b/

/** Runs the program in a process of its own; modules as paths from the project's root. */
export const loadedBy = (...words: readonly string[]) => {
  const folder = mkdtempSync(join(tmpdir(), 'khatm-modules-'))
  const modules = join(folder, 'modules.txt')
  writeFileSync(modules, '')
  const recorder = join(import.meta.dirname, 'record-modules.ts')
  const program = join(root, 'cli', 'khatm.ts')
  const { status } = spawnSync(process.execPath, ['--import', recorder, program, ...words], {
    env: { ...process.env, KHATM_MODULES: modules },
  })
  const urls = readFileSync(modules, 'utf8').split('\n')
  rmSync(folder, { recursive: true })
  return { status, loaded: urls.map((url) => url.slice(`file://${root}/`.length)) }
}
