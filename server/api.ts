/** The contract over HTTP: REST under `/api/v1` and its OpenAPI document. */
import { OpenAPIHandler } from '@orpc/openapi/fastify'
import { ORPCError } from '@orpc/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { failureBodyOf } from '#core/api/failure-body.ts'
import type { CallContext } from '#core/api/handlers/doors.ts'
import { openApiDocument } from '#core/api/openapi.ts'
import { asFailure, Failure } from '#core/errors.ts'
import type { HttpOptions } from './http.ts'
import { oidcRoutes } from './oidc.ts'
import type { Doorway } from './own-page.ts'

const prefix = '/api/v1'

declare module 'fastify' {
  interface FastifyRequest {
    /** Which operation of the contract answers it: for the log */
    operation: string
    /** Its place in the contract, `/api/v1/invoices/{id}`: for traces */
    pattern: string
  }
}

interface RestContext extends CallContext {
  readonly request: FastifyRequest
}

export const apiRoutes = async (app: FastifyInstance, options: HttpOptions, door: Doorway): Promise<void> => {
  if (options.docs) {
    const document = await openApiDocument(options.office.version)
    app.get(`${prefix}/openapi.json`, () => document)
  }
  app.decorateRequest('operation', '')
  app.decorateRequest('pattern', '')
  const handler = restHandler(options.router)
  const closing = new AbortController()
  // Streams of events would keep the door open for ever; their listeners come again, to another replica.
  app.addHook('preClose', async () => closing.abort())
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    reply.header('cache-control', 'no-store')
    // Nothing is asked on this connection afterwards: kept, it would hold up a server that closes.
    if (request.url.startsWith(`${prefix}/events`)) reply.header('connection', 'close')
    const { matched } = await handler.handle(request, reply, {
      prefix,
      context: { ...contextOf(request, reply, door), closing: closing.signal },
    })
    if (!matched) throw new Failure('request/not-found')
    return reply
  }
  const { office, oidc, publicUrl, limits } = options
  if (oidc !== undefined && publicUrl !== undefined) oidcRoutes(app, { office, oidc, publicUrl, limits }, door)
  app.all(`${prefix}/*`, answer)
  for (const path of openToAll) app.post(`${prefix}${path}`, { bodyLimit: smallBody }, answer)
}

/** Whoever has not signed in sends a name and a password, and no more. */
const openToAll = ['/sessions', '/setup']
const smallBody = 16 * 1024

const contextOf = (request: FastifyRequest, reply: FastifyReply, door: Doorway): RestContext => ({
  request,
  token: door.token(request),
  requestId: request.id,
  session: door.holder(request, reply),
})

/** Programs send the key of a write as a header, too; where the body has one, that counts. */
const withKey = (input: unknown, schema: unknown, { headers }: FastifyRequest): unknown => {
  const idempotencyKey = headers['idempotency-key']
  const wants = schema instanceof z.ZodObject && 'idempotencyKey' in schema.shape
  if (!wants || idempotencyKey === undefined || typeof input !== 'object') return input
  return { idempotencyKey, ...input }
}

/** The router throws Failures; the library wants its own error class around status and body. */
const restHandler = (router: HttpOptions['router']) =>
  new OpenAPIHandler<RestContext>(router, {
    clientInterceptors: [
      async ({ next, context, path, procedure, ...options }) => {
        const { inputSchema, route } = procedure['~orpc']
        context.request.operation = path.join('.')
        context.request.pattern = `${prefix}${route.path}`
        try {
          const input = withKey(options.input, inputSchema, context.request)
          return await next({ ...options, context, path, procedure, input })
        } catch (thrown) {
          const failure = asFailure(thrown)
          const data = failureBodyOf(failure, context.requestId)
          throw new ORPCError(failure.code, { status: failure.kind.status, data })
        }
      },
    ],
    // Balancers cut what is silent for half a minute; the comment also tells at once that the stream stands.
    eventIteratorKeepAliveInterval: 15_000,
    // Without data it is not ours: the library could not read the address or the query.
    customErrorResponseBodyEncoder: ({ data }) => data ?? failureBodyOf(new Failure('request/invalid'), ''),
  })
