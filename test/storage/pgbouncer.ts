/** PgBouncer in front of a test database, giving out a server connection for one transaction at a time. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** Debian keeps it where only administrators look. */
const PATH = `${process.env['PATH']}:/usr/sbin:/usr/local/sbin`

export const hasPgbouncer = (): boolean => {
  const found = spawnSync('pgbouncer', ['--version'], { env: { PATH } }).status === 0
  if (!found) console.warn('SKIPPED: storage behind PgBouncer: install the package pgbouncer (Debian, Ubuntu)')
  return found
}

export interface Pooled {
  /** The same database by way of PgBouncer */
  readonly url: string
  close(): Promise<void>
}

const configuration = (target: URL, port: number, folder: string): string =>
  `[databases]
* = host=${target.hostname} port=${target.port} user=${target.username} password=${target.password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 3
max_client_conn = 100
logfile = ${join(folder, 'pgbouncer.log')}
`

/** Few server connections, so that clients get another one from transaction to transaction. */
export const startPgbouncer = async (url: string): Promise<Pooled> => {
  const target = new URL(url)
  const folder = await mkdtemp(join(tmpdir(), 'khatm-pgbouncer-'))
  await chmod(folder, 0o777)
  const port = await freePort()
  const file = join(folder, 'pgbouncer.ini')
  await writeFile(file, configuration(target, port, folder))
  const asRoot = process.getuid?.() === 0
  const bouncer = spawn('pgbouncer', [...(asRoot ? ['-u', 'postgres'] : []), '-q', file], {
    env: { PATH },
    stdio: 'ignore',
  })
  await listening(bouncer, port)
  target.port = String(port)
  return {
    url: target.href,
    close: async () => {
      bouncer.kill('SIGTERM')
      if (bouncer.exitCode === null) await once(bouncer, 'exit')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const listening = async (bouncer: ChildProcess, port: number): Promise<void> => {
  for (;;) {
    if (bouncer.exitCode !== null) throw new Error(`pgbouncer ended with ${bouncer.exitCode}`)
    const socket = connect(port, '127.0.0.1')
    const [outcome] = await Promise.race([once(socket, 'connect').then(() => ['open']), once(socket, 'error')])
    socket.destroy()
    if (outcome === 'open') return
    await pause(50)
  }
}

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  return address !== null && typeof address === 'object' ? address.port : 0
}
