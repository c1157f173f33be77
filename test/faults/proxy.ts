/** A wire to Postgres that can be cut: where a COMMIT is under way, or so that neither side hears of it. */
import { connect, createServer, type Socket } from 'node:net'

/**
 * `before-commit`: cut when the COMMIT comes, which never arrives. `after-commit`: the COMMIT arrives, its answer does not.
 * `half-open`: from the COMMIT on nothing passes in either direction, and nobody is told.
 */
export type Cut = 'before-commit' | 'after-commit' | 'half-open'

export interface Wire {
  /** The same database by way of the wire */
  readonly url: string
  /** Does it to the next COMMIT; resolves when it has happened */
  cut(how: Cut): Promise<void>
  close(): void
}

const isCommit = (bytes: Buffer): boolean => bytes.includes('COMMIT\0')

interface Ends {
  readonly client: Socket
  readonly server: Socket
}

/** What happens to a connection when its COMMIT comes by. */
const cuts: Readonly<Record<Cut, (ends: Ends, commit: Buffer) => void>> = {
  'before-commit': ({ client, server }) => {
    client.destroy()
    server.destroy()
  },
  'after-commit': ({ client, server }, commit) => {
    server.removeAllListeners('data')
    server.once('data', () => {
      client.destroy()
      server.destroy()
    })
    server.write(commit)
  },
  'half-open': ({ client, server }) => {
    for (const end of [client, server]) end.removeAllListeners('data')
  },
}

export const openWire = (url: string): Promise<Wire> => {
  const target = new URL(url)
  const ordered: { how: Cut; done: () => void }[] = []
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const ends = { client, server: connect(Number(target.port), target.hostname) }
    for (const end of [ends.client, ends.server]) {
      open.add(end)
      end.setNoDelay(true)
      // A cut wire fails on both sides; that is what it is for.
      end.on('error', () => undefined)
    }
    ends.client.on('data', (bytes) => {
      const next = isCommit(bytes) ? ordered.shift() : undefined
      if (next === undefined) return void ends.server.write(bytes)
      cuts[next.how](ends, bytes)
      next.done()
    })
    ends.server.on('data', (bytes) => void client.write(bytes))
    ends.client.on('close', () => ends.server.end())
    ends.server.on('close', () => client.end())
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const through = new URL(url)
      through.port = String(typeof address === 'object' && address !== null ? address.port : 0)
      resolve({
        url: through.href,
        cut: (how) => new Promise((done) => ordered.push({ how, done })),
        close: () => {
          server.close()
          for (const end of open) end.destroy()
        },
      })
    })
  })
}
