/** What `pg` reaches by itself with the same locks and rows, its statements prepared: the machine's share of the figures for Postgres. */
import pg from 'pg'
import type { IssuedDocument } from '#core/ports.ts'
import { inserter } from '#core/storage/insert.ts'
import { document, outbox } from '#core/storage/schema.postgres.ts'

const insertDocuments = inserter(document)
const insertOutbox = inserter(outbox)

export interface BarePostgres {
  /** One transaction; `issue` makes the documents from where the locked chain stands. */
  append(unitId: string, issue: (head: Head) => readonly IssuedDocument[]): Promise<void>
  close(): Promise<void>
}

export interface Head {
  readonly lastIcv: number
  readonly lastHash: string
}

export const barePostgres = async (url: string, connections: number): Promise<BarePostgres> => {
  const clients = Array.from({ length: connections }, () => new pg.Client({ connectionString: url, pipeline: true }))
  await Promise.all(clients.map((client) => client.connect()))
  const free = [...clients]
  return {
    append: async (unitId, issue) => {
      const client = free.pop()
      if (client === undefined) throw new Error('more writers than connections')
      await transaction(client, unitId, issue)
      free.push(client)
    },
    close: async () => {
      await Promise.all(clients.map((client) => client.end()))
    },
  }
}

const transaction = async (client: pg.Client, unitId: string, issue: (head: Head) => readonly IssuedDocument[]) => {
  const [, locked] = await Promise.all([
    client.query('BEGIN'),
    client.query<Head>({
      name: 'lock',
      text: `SELECT last_icv AS "lastIcv", last_hash AS "lastHash" FROM chain WHERE unit_id = $1 AND state = 'active' FOR UPDATE`,
      values: [unitId],
    }),
  ])
  const [head] = locked.rows
  const issued = head === undefined ? [] : issue(head)
  const last = issued.at(-1)?.document
  if (last === undefined) throw new Error('nothing to append')
  const rows = {
    documents: insertDocuments(issued.map(stored), issued.length).toSQL(),
    outbox: insertOutbox(
      issued.map((each) => each.outbox),
      issued.length,
    ).toSQL(),
  }
  await Promise.all([
    client.query({ name: `documents ${issued.length}`, text: rows.documents.sql, values: [...rows.documents.params] }),
    client.query({ name: `outbox ${issued.length}`, text: rows.outbox.sql, values: [...rows.outbox.params] }),
    client.query({
      name: 'head',
      text: 'UPDATE chain SET last_icv = $1, last_hash = $2, last_sealed_at = $3 WHERE id = $4',
      values: [last.icv, last.hash, last.sealedAt, last.chainId],
    }),
    client.query('COMMIT'),
  ])
}

const stored = ({ document: record, signedXml }: IssuedDocument) => {
  if (signedXml instanceof Uint8Array) throw new Error('the bytes come packed')
  const { bytes, length, sha256 } = signedXml
  return { ...record, signedXml: bytes, signedLength: length, signedSha256: sha256 }
}
