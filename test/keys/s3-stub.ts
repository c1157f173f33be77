/** A small object store that speaks S3: objects in memory, conditional creation, and nothing without a signature (version 4) that is right. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'

export const credentials = { accessKeyId: 'KHATMTEST', secretAccessKey: 'canary secret of the object store' } as const

export interface S3Stub {
  readonly url: string
  /** By `/<bucket>/<key>` */
  readonly objects: Map<string, Buffer>
  /** Method, path and status of every request, in order */
  readonly requests: readonly string[]
  close(): Promise<void>
}

export const startS3Stub = async (): Promise<S3Stub> => {
  const objects = new Map<string, Buffer>()
  const requests: string[] = []
  const server = createServer(async (request, response) => {
    const body = await buffer(request)
    const { pathname } = new URL(request.url ?? '', 'http://stub')
    const status = isSigned(request, body) ? act(objects, request, decodeURIComponent(pathname), body) : 403
    requests.push(`${request.method} ${pathname} ${status}`)
    answer(response, status, request.method === 'GET' ? objects.get(decodeURIComponent(pathname)) : undefined)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const bound = server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    objects,
    requests,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const act = (
  objects: Map<string, Buffer>,
  { method, headers }: IncomingMessage,
  path: string,
  body: Buffer,
): number => {
  if (method === 'GET') return objects.has(path) ? 200 : 404
  if (method !== 'PUT') return 405
  if (headers['if-none-match'] === '*' && objects.has(path)) return 412
  objects.set(path, body)
  return 200
}

const errors: Readonly<Record<number, string>> = {
  403: 'SignatureDoesNotMatch',
  404: 'NoSuchKey',
  412: 'PreconditionFailed',
}

const answer = (response: ServerResponse, status: number, object: Buffer | undefined): void => {
  if (status === 200) return void response.writeHead(200, { etag: '"stub"' }).end(object)
  response.writeHead(status, { 'content-type': 'application/xml' })
  response.end(`<?xml version="1.0"?><Error><Code>${errors[status] ?? 'MethodNotAllowed'}</Code></Error>`)
}

// ---- AWS Signature Version 4, from its description ------------------------------------------------------------------------

const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

const isSigned = ({ method, url, headers }: IncomingMessage, body: Buffer): boolean => {
  const pattern =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=(\w{64})$/
  const [, key, date, region, names, signature] = pattern.exec(headers.authorization ?? '') ?? []
  if (key !== credentials.accessKeyId || date === undefined || region === undefined || names === undefined) return false
  const content = headers['x-amz-content-sha256']
  if (content !== sha256(body) || !names.includes('x-amz-content-sha256') || !names.includes('host')) return false
  const { pathname, searchParams } = new URL(url ?? '', 'http://stub')
  const query = [...searchParams].map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
  const signed = names.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`)
  const canonical = [method, pathname, query.toSorted().join('&'), signed.join(''), names, content].join('\n')
  const scope = `${date}/${region}/s3/aws4_request`
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n')
  const signingKey = ['s3', 'aws4_request'].reduce(
    (derived, part) => hmac(derived, part),
    hmac(hmac(`AWS4${credentials.secretAccessKey}`, date), region),
  )
  return timingSafeEqual(Buffer.from(hmac(signingKey, text).toString('hex')), Buffer.from(signature ?? ''))
}
