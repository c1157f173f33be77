/** The HTTP door: REST from the contract under `/api/v1`, health, the built pages; one body for every failure. */
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import type { AnyRouter } from '@orpc/server'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { largestFile } from '#core/api/contract/checks.ts'
import { failureBodyOf } from '#core/api/failure-body.ts'
import type { Office } from '#core/api/handlers/office.ts'
import { asFailure, Failure } from '#core/errors.ts'
import { originOf } from '#core/system/log.ts'
import { apiRoutes } from './api.ts'
import { healthRoutes, type Readiness } from './health.ts'
import { type Limits, limitRequests } from './limits.ts'
import type { Metrics } from './metrics.ts'
import type { OidcConfig } from './oidc-settings.ts'
import { doorway, isSecure } from './own-page.ts'
import { pageRoutes } from './pages.ts'
import type { Tracing } from './tracing.ts'
import type { ServerRole } from './worker-settings.ts'

/** The largest input is a file to check: ZATCA's largest document in base64, and what stands around it in JSON. */
const largestBody = largestFile + 1024 * 1024

export interface HttpOptions {
  readonly office: Office
  readonly router: AnyRouter
  readonly readiness: Readiness
  /** The address that people type; without one the server is for this machine only */
  readonly publicUrl: string | undefined
  readonly docs: boolean
  /** Log addresses as they were typed; never in production */
  readonly debug: boolean
  readonly trustProxy: readonly string[]
  /** The built renderer; absent while its own development server is in front */
  readonly pages: string | undefined
  /** A worker answers nothing but how it is doing; `all` when absent */
  readonly role?: ServerRole | undefined
  readonly metrics?: Pick<Metrics, 'answered'> | undefined
  readonly tracing?: Pick<Tracing, 'requests'> | undefined
  readonly limits?: Limits | undefined
  /** Where the people of the office may sign in elsewhere */
  readonly oidc?: OidcConfig | undefined
}

/** Ready to listen; `close()` waits for the requests in flight. */
export const buildHttp = async (options: HttpOptions): Promise<FastifyInstance> => {
  const { office } = options
  const app = Fastify({
    bodyLimit: largestBody,
    trustProxy: options.trustProxy.length > 0 ? [...options.trustProxy] : false,
    genReqId: ({ headers }) => givenRequestId(headers['x-request-id']) ?? office.ids.uuid(),
    forceCloseConnections: 'idle',
    return503OnClosing: true,
  })
  jsonOnly(app)
  answerFailures(app, office)
  healthRoutes(app, office, options.readiness)
  await app.register((door) => openDoor(door, options))
  return app
}

/** Everything but health, which is asked every second: its answers are for machines, are not counted and not logged. */
const openDoor = async (app: FastifyInstance, options: HttpOptions): Promise<void> => {
  await app.register(cookie)
  await app.register(helmet, securityHeaders(isSecure(options.publicUrl)))
  logRequests(app, options.office, options.debug)
  measureRequests(app, options.metrics)
  options.tracing?.requests(app)
  if (options.limits !== undefined) limitRequests(app, options.limits)
  letGoWhileDraining(app, options.readiness)
  // People and programs are served by others.
  if (options.role === 'worker') return pageRoutes(app, undefined)
  await apiRoutes(app, options, doorway(options.publicUrl))
  await pageRoutes(app, options.pages)
}

/** A caller's own id is kept when it is harmless, so that one id runs through balancer, server and support. */
const givenRequestId = (header: string | string[] | undefined): string | undefined =>
  typeof header === 'string' && /^[\w-]{8,64}$/.test(header) ? header : undefined

/** Every body is JSON, whatever its content type says; forms and multipart have nothing to do here. */
const jsonOnly = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => {
    try {
      done(null, text === '' ? {} : JSON.parse(String(text)))
    } catch (error) {
      done(new Failure('request/not-json', { cause: error }))
    }
  })
}

/** Scripts, fonts and pictures only from here; styles also inline, because the component library writes them so. */
const securityHeaders = (secure: boolean) => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      fontSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      manifestSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  strictTransportSecurity: secure ? { maxAge: 31_536_000 } : false,
  referrerPolicy: { policy: 'no-referrer' as const },
})

/** The framework's own refusals, by their code. */
const refusals: Readonly<Record<string, 'request/too-large' | 'request/not-json' | 'request/invalid'>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'request/too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request/not-json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request/invalid',
  FST_ERR_BAD_URL: 'request/invalid',
}

const foreseen = (error: unknown): Failure | undefined => {
  if (error instanceof Failure) return error
  const code = error instanceof Error && 'code' in error ? refusals[String(error.code)] : undefined
  return code === undefined ? undefined : new Failure(code)
}

const answerFailures = (app: FastifyInstance, { log }: Office): void => {
  app.setErrorHandler((error, request, reply) => {
    const failure = foreseen(error) ?? asFailure(undefined)
    if (failure.code === 'internal/unexpected') {
      log.error('request/unexpected', { requestId: request.id, origin: originOf(error) })
    }
    const { retryAfterSeconds } = failure.details
    if (typeof retryAfterSeconds === 'number') reply.header('retry-after', retryAfterSeconds)
    return reply.status(failure.kind.status).send(failureBodyOf(failure, request.id))
  })
}

/** A connection kept alive for later requests would keep the server from ending. */
const letGoWhileDraining = (app: FastifyInstance, readiness: Readiness): void => {
  app.addHook('onSend', async (_request, reply) => {
    if (readiness.draining) reply.header('connection', 'close')
  })
}

/** The operation or route, never the address: those are endless, and may hold a client's name. */
const routeOf = (request: FastifyRequest): string => request.operation || (request.routeOptions.url ?? '-')

const measureRequests = (app: FastifyInstance, metrics: HttpOptions['metrics']): void => {
  app.addHook('onResponse', async (request, reply) =>
    metrics?.answered({ route: routeOf(request), status: reply.statusCode }, reply.elapsedTime / 1000),
  )
}

/** One line a request, without headers and body; the address as typed may hold a client's name, so only debugging shows it. */
const logRequests = (app: FastifyInstance, { log }: Office, debug: boolean): void => {
  app.addHook('onRequest', async (request, reply) => void reply.header('x-request-id', request.id))
  app.addHook('onResponse', async (request, reply) =>
    log.info('request', {
      requestId: request.id,
      method: request.method,
      route: routeOf(request),
      status: reply.statusCode,
      ...(debug ? { url: request.url } : {}),
      milliseconds: Math.round(reply.elapsedTime),
    }),
  )
}
