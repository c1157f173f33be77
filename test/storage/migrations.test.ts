/** The committed migrations lead exactly to the schema in the code: drizzle-kit finds nothing left to generate. */
import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const drizzleKit = join(root, 'node_modules', 'drizzle-kit', 'bin.cjs')

const dialects = [
  ['sqlite', 'sqlite'],
  ['postgres', 'postgresql'],
] as const

test.each(dialects)('%s', async (name, dialect) => {
  const folder = await mkdtemp(join(root, 'node_modules', '.migrations-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await cp(join(root, 'migrations', name), folder, { recursive: true })
  const committed = await readdir(folder)
  const options = ['--dialect', dialect, '--schema', `core/storage/schema.${name}.ts`, '--out', relative(root, folder)]
  await promisify(execFile)(process.execPath, [drizzleKit, 'generate', ...options, '--name', 'drift'], { cwd: root })
  expect(await readdir(folder)).toEqual(committed)
})
