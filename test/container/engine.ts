/** A container engine of the test's own: Debian's dockerd on a data root and a socket that nobody else uses, and what it runs. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, open, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from '../server/load.ts'
import { isHere, type RunOptions, run } from './commands.ts'

/** Images stay here for the next run; `rm -r` it when no run comes any more. */
export const dataRoot = process.env['KHATM_CONTAINERS'] ?? '/var/lib/khatm-containers'

const needed = [
  ['dockerd', 'docker.io'],
  ['docker-compose', 'docker-compose'],
  ['debootstrap', 'debootstrap'],
  ['podman', 'podman'],
  ['runc', 'runc'],
  ['catatonit', 'catatonit'],
  ['iptables', 'iptables'],
] as const

/** Why this machine cannot run containers, and what would help; undefined when it can. */
export const obstacle = async (): Promise<string | undefined> => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'needs Linux and root (sudo npm run test:container)'
  const missing = () => needed.filter(([program]) => !isHere(program)).map(([, debian]) => debian)
  if (missing().length > 0 && process.env['CI'] === 'true' && isHere('apt-get')) {
    await run('apt-get', ['update', '-qq'])
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing()], { env })
  }
  return missing().length > 0
    ? `needs Debian's ${missing().join(', ')}: apt-get install ${missing().join(' ')}`
    : undefined
}

export interface Engine {
  readonly host: string
  close(): Promise<void>
}

export const startEngine = async (): Promise<Engine> => {
  await mkdir(dataRoot, { recursive: true })
  const folder = await mkdtemp(join(tmpdir(), 'khatm-dockerd-'))
  const host = `unix://${folder}/docker.sock`
  const log = await open(join(folder, 'dockerd.log'), 'w')
  const own = [
    '--data-root',
    join(dataRoot, 'docker'),
    '--exec-root',
    join(folder, 'exec'),
    '--pidfile',
    join(folder, 'pid'),
  ]
  const daemon: ChildProcess = spawn('dockerd', [...own, '--host', host], { stdio: ['ignore', log.fd, log.fd] })
  try {
    await until(async () => (await docker(host, 'info')) !== '', 'dockerd')
  } catch (error) {
    throw new Error(await readFile(join(folder, 'dockerd.log'), 'utf8'), { cause: error })
  }
  return {
    host,
    close: async () => {
      daemon.kill('SIGTERM')
      await once(daemon, 'exit')
      await log.close()
    },
  }
}

/** Debian's own client: another one on the PATH may be of a version that this engine does not speak. */
export const docker = (host: string, ...words: readonly string[]): Promise<string> =>
  run('/usr/bin/docker', words, { env: { ...process.env, DOCKER_HOST: host, DOCKER_BUILDKIT: '1' } })

export const compose = (host: string, options: RunOptions, ...words: readonly string[]): Promise<string> =>
  run('docker-compose', words, {
    ...options,
    // It looks for the client as well.
    env: { ...process.env, DOCKER_HOST: host, PATH: `/usr/bin:${process.env['PATH']}`, ...options.env },
  })
