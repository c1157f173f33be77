/** A software security module for tests (SoftHSM2), with its tokens in a passing folder. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Pkcs11Options } from '#core/keys/pkcs11.ts'

const run = promisify(execFile)

const libraries = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib64/pkcs11/libsofthsm2.so',
  '/usr/local/lib/softhsm/libsofthsm2.so',
  '/opt/homebrew/lib/softhsm/libsofthsm2.so',
]

export interface SoftHsm {
  readonly folder: string
  /** How a token of this label is reached, with the right PIN; the key is called `khatm`. */
  options(token: string): Pkcs11Options
  stop(): Promise<void>
}

/** With these tokens in it; undefined, after having said why and what to do, when it cannot run here. */
export const startSoftHsm = async (tokens: readonly string[]): Promise<SoftHsm | undefined> => {
  const module = libraries.find((file) => existsSync(file))
  const missing = [
    ...(module === undefined ? ['SoftHSM2 (apt-get install softhsm2)'] : []),
    ...(isBuilt() ? [] : ['pkcs11js (npm run build:pkcs11)']),
  ]
  if (module === undefined || missing.length > 0) {
    console.warn(`SKIPPED: keys in a security module. Missing: ${missing.join(', ')}.`)
    return undefined
  }
  const folder = await mkdtemp(join(tmpdir(), 'khatm-hsm-'))
  const pinFile = join(folder, 'pin')
  await writeFile(pinFile, `${PIN}\n`, { mode: 0o600 })
  await mkdir(join(folder, 'tokens'))
  await writeFile(
    join(folder, 'softhsm2.conf'),
    `directories.tokendir = ${join(folder, 'tokens')}\nlog.level = ERROR\n`,
  )
  // Read by the library when it is loaded, in this process too.
  process.env['SOFTHSM2_CONF'] = join(folder, 'softhsm2.conf')
  for (const token of tokens)
    await run('softhsm2-util', ['--init-token', '--free', '--label', token, '--so-pin', 'so-pin-4711', '--pin', PIN])
  return {
    folder,
    options: (token) => ({ module, token, pinFile, key: 'khatm' }),
    stop: () => rm(folder, { recursive: true, force: true }),
  }
}

export const PIN = 'canary-pin-81e2'

const isBuilt = (): boolean => {
  try {
    createRequire(import.meta.url)('pkcs11js')
    return true
  } catch {
    return false
  }
}
