/** A collector of traces that remembers what it was sent: OTLP over HTTP, as protobuf, read as far as the tests look. */
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'

export interface ReceivedSpan {
  readonly traceId: string
  readonly spanId: string
  /** Empty for the first span of a trace */
  readonly parentId: string
  readonly name: string
  /** 1 internal, 2 server, 3 client */
  readonly kind: number
  readonly attributes: Readonly<Record<string, string | number>>
  /** 2 when it failed */
  readonly status: number
}

export interface Collector {
  readonly url: string
  readonly spans: readonly ReceivedSpan[]
  /** Attributes of the process that the spans are about */
  readonly resources: readonly Readonly<Record<string, string | number>>[]
  readonly headers: readonly IncomingHttpHeaders[]
  /** Everything that has arrived, as it is on the wire */
  bytes(): Buffer
  close(): Promise<void>
}

/** `answering: false`: takes connections and never says a word. */
export const startCollector = async ({ answering = true } = {}): Promise<Collector> => {
  const [spans, resources, bodies, headers] = [
    [] as ReceivedSpan[],
    [] as Collector['resources'][number][],
    [] as Buffer[],
    [] as IncomingHttpHeaders[],
  ]
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await Array.fromAsync(request))
    bodies.push(body)
    headers.push(request.headers)
    if (request.url === '/v1/traces') {
      for (const batch of fieldsOf(body).messages(1)) {
        resources.push(...batch.messages(1).map(attributesOf(1)))
        spans.push(...batch.messages(2).flatMap((scope) => scope.messages(2).map(spanOf)))
      }
    }
    if (answering) response.end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${bound.port}`,
    spans,
    resources,
    headers,
    bytes: () => Buffer.concat(bodies),
    close: async () => {
      server.closeAllConnections()
      await server[Symbol.asyncDispose]()
    },
  }
}

/** The field numbers of `opentelemetry/proto/trace/v1/trace.proto`. */
const spanOf = (span: Fields): ReceivedSpan => ({
  traceId: span.bytes(1).toString('hex'),
  spanId: span.bytes(2).toString('hex'),
  parentId: span.bytes(4).toString('hex'),
  name: span.bytes(5).toString(),
  kind: span.number(6),
  attributes: attributesOf(9)(span),
  status: span.messages(15)[0]?.number(3) ?? 0,
})

const attributesOf = (field: number) => (fields: Fields) =>
  Object.fromEntries(
    fields.messages(field).map((pair) => {
      const [value] = pair.messages(2)
      return [pair.bytes(1).toString(), value?.has(1) ? value.bytes(1).toString() : (value?.number(3) ?? 0)]
    }),
  )

interface Fields {
  has(field: number): boolean
  /** The last one; empty or 0 when there is none */
  bytes(field: number): Buffer
  number(field: number): number
  messages(field: number): readonly Fields[]
}

/** Protocol Buffers, the encoding: a field is its number, how its value is written, and the value. */
const fieldsOf = (message: Buffer): Fields => {
  const found: { readonly field: number; readonly value: number | Buffer }[] = []
  let at = 0
  const varint = (): number => {
    let value = 0
    for (let factor = 1; ; factor *= 128) {
      const byte = message.readUInt8(at++)
      value += (byte & 127) * factor
      if (byte < 128) return value
    }
  }
  const take = (length: number): Buffer => {
    at += length
    return message.subarray(at - length, at)
  }
  const values: Readonly<Record<number, () => number | Buffer>> = {
    0: varint,
    1: () => take(8),
    2: () => take(varint()),
    5: () => take(4),
  }
  while (at < message.length) {
    const tag = varint()
    const value = values[tag % 8]?.()
    if (value === undefined) throw new Error('no protocol buffer')
    found.push({ field: Math.floor(tag / 8), value })
  }
  const all = (field: number) => found.flatMap((each) => (each.field === field ? [each.value] : []))
  const bytes = (field: number) => all(field).findLast(Buffer.isBuffer) ?? Buffer.alloc(0)
  return {
    has: (field) => all(field).length > 0,
    bytes,
    number: (field) => all(field).findLast((value) => typeof value === 'number') ?? 0,
    messages: (field) => all(field).filter(Buffer.isBuffer).map(fieldsOf),
  }
}
