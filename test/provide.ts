/** Brings what the tests need from the system: finds Chromium, and on an unattended Debian machine installs it. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findChromium } from './e2e/chromium.ts'

const unattended = (): boolean =>
  process.env['CI'] === 'true' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

const install = (): void => {
  console.log('No Chromium here; installing the Debian package (CI=true, root)')
  const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const
  spawnSync('apt-get', ['update', '-qq'], options)
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options)
}

/** True when a browser is there afterwards. A person's machine is never changed. */
export const provideChromium = (): boolean => {
  if (findChromium() === undefined && unattended()) install()
  return findChromium() !== undefined
}
