/** Brings what the tests need from the system: on an unattended Debian machine it is installed, on a person's it is only looked for. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findChromium } from './e2e/chromium.ts'

/** Outside judges and peers, by the program that has to be there and the Debian packages that bring it. */
const packages: readonly { readonly program: string; readonly debian: string }[] = [
  { program: 'xmllint', debian: 'libxml2-utils' },
  { program: 'haproxy', debian: 'haproxy' },
  { program: 'nginx', debian: 'nginx-light' },
  { program: 'promtool', debian: 'prometheus' },
  { program: 'redis-server', debian: 'redis-server' },
  { program: 'pgbouncer', debian: 'pgbouncer' },
  { program: 'softhsm2-util', debian: 'softhsm2' },
  { program: 'strace', debian: 'strace' },
  { program: 'docker-compose', debian: 'docker-compose' },
  { program: 'go', debian: 'golang-go golang-github-masterminds-sprig-dev golang-gopkg-yaml.v3-dev' },
]

const isHere = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(`${folder}/${program}`))

const missing = (): readonly string[] => [
  ...(findChromium() === undefined ? ['chromium'] : []),
  ...packages.filter(({ program }) => !isHere(program)).map(({ debian }) => debian),
]

const unattended = (): boolean =>
  process.env['CI'] === 'true' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

/** What cannot be had is said by the suites that miss it, each with how to get it; true when there is a browser. */
export const provide = (): boolean => {
  const wanted = missing()
  if (wanted.length > 0 && unattended()) install(wanted)
  return findChromium() !== undefined
}

const install = (wanted: readonly string[]): void => {
  console.log(`Installing what is missing here (CI=true, root): ${wanted.join(' ')}`)
  const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const
  spawnSync('apt-get', ['update', '-qq'], options)
  // One after the other: packages that a mirror lacks must not keep the others away.
  for (const names of wanted)
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names.split(' ')], options)
}
