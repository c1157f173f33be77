/**
 * Traces for the office's own collector (OpenTelemetry): what was asked, how long it took and how it ended, never what was in it. Loaded
 * only where a collector is named. Nothing is registered for the whole process, so that no library adds spans of its own to these.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { type Context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api'
import { ExportResultCode, parseTraceParent } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import {
  defaultResource,
  detectResources,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
  serviceNameEnvDetector,
} from '@opentelemetry/resources'
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { asFailure } from '#core/errors.ts'
import type { Answer, Environment, Gateway, Log, Storage } from '#core/ports.ts'
import { version } from '#core/system/version.ts'
import { workerName } from '#core/system/worker.ts'
import type { TracingConfig } from './tracing-settings.ts'

export interface Tracing {
  /** A span for each request through this door, below the span that the caller names in `traceparent` */
  requests(door: FastifyInstance): void
  /** A span for each call, below the request that it is made for when there is one */
  gateway(gateway: Gateway, environment: Environment): Gateway
  /** A span for each write transaction of a request; in the background they would only tell that time passes */
  storage(storage: Storage): Storage
  /** Sends what is left, for a few seconds at most. */
  close(): Promise<void>
}

/** A collector that is not there costs its spans, never a request and never the start. */
export const openTracing = (config: TracingConfig, log: Log): Tracing => {
  const provider = openProvider(config, log)
  const tracer = provider.getTracer('khatm', version)
  const active = new AsyncLocalStorage<Context>()
  const inSpan = inSpans(tracer, active)
  return {
    requests: (door) => traceRequests(door, tracer, active),
    gateway: (gateway, environment) => tracedGateway(gateway, environment, inSpan),
    storage: (storage) => tracedStorage(storage, inSpan, () => active.getStore() !== undefined),
    // What could not be sent has been told already.
    close: () => provider.shutdown().catch(() => undefined),
  }
}

// ---- where spans go -----------------------------------------------------------------------------------------------------

/** Longer than a collector in the same network takes, and short enough for the end of the process to wait. */
const patienceMs = 3000

const openProvider = ({ sampler, share }: TracingConfig, log: Log): TracerProvider => {
  const exporter = complaining(new OTLPTraceExporter({ timeoutMillis: patienceMs }), log)
  const own = { 'service.name': 'khatm', 'service.version': version, 'service.instance.id': workerName }
  return new TracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes(own))
      .merge(detectResources({ detectors: [resourceAttributesEnvDetector, serviceNameEnvDetector] })),
    sampler: samplers[sampler](share),
    spanProcessors: [new BatchSpanProcessor({ exporter, exportTimeoutMillis: patienceMs })],
  })
}

const samplers: { readonly [Name in TracingConfig['sampler']]: (share: number) => Sampler } = {
  always_on: () => new AlwaysOnSampler(),
  always_off: () => new AlwaysOffSampler(),
  traceidratio: (share) => new TraceIdRatioBasedSampler(share),
  parentbased_always_on: () => new ParentBasedSampler({ root: new AlwaysOnSampler() }),
  parentbased_always_off: () => new ParentBasedSampler({ root: new AlwaysOffSampler() }),
  parentbased_traceidratio: (share) => new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
}

/** One line when the collector does not take what it is sent, and no other until it has taken something again. */
const complaining = (exporter: SpanExporter, log: Log): SpanExporter => {
  let refused = false
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        const failed = result.code !== ExportResultCode.SUCCESS
        if (failed && !refused) log.warn('tracing/not-taken', { reason: reasonOf(result.error) })
        refused = failed
        done(result)
      }),
    shutdown: () => exporter.shutdown(),
  }
}

/** `ECONNREFUSED`, or the status of an answer; never a text, which may quote what was sent. */
const reasonOf = (error: Error | undefined): string =>
  error !== undefined && 'code' in error && error.code !== undefined ? String(error.code) : 'no-answer'

// ---- what they tell -----------------------------------------------------------------------------------------------------

/** Does the work inside a span of its own, which ends with it. */
type InSpan = <T>(name: string, kind: SpanKind, work: (span: Span) => Promise<T>) => Promise<T>

const inSpans =
  (tracer: Tracer, active: AsyncLocalStorage<Context>): InSpan =>
  async (name, kind, work) => {
    const cause = active.getStore() ?? ROOT_CONTEXT
    const span = tracer.startSpan(name, { kind }, cause)
    try {
      return await active.run(trace.setSpan(cause, span), () => work(span))
    } catch (thrown) {
      fail(span, asFailure(thrown).code)
      throw thrown
    } finally {
      span.end()
    }
  }

/** `type` is a code or a word of a closed list: what an error says may quote what the program was working on. */
const fail = (span: Span, type: string): void => {
  span.setStatus({ code: SpanStatusCode.ERROR })
  span.setAttribute('error.type', type)
}

const tracedStorage = (storage: Storage, inSpan: InSpan, hasCause: () => boolean): Storage => ({
  ...storage,
  within: (scope) => tracedStorage(storage.within(scope), inSpan, hasCause),
  write: (work) =>
    hasCause() ? inSpan('write transaction', SpanKind.INTERNAL, () => storage.write(work)) : storage.write(work),
})

const tracedGateway = (gateway: Gateway, environment: Environment, inSpan: InSpan): Gateway => {
  const call = <Said extends Answer & { readonly kind: string }>(name: string, ask: () => Promise<Said>) =>
    inSpan(`gateway ${name}`, SpanKind.CLIENT, async (span) => {
      const said = await ask()
      span.setAttributes({ 'khatm.environment': environment, 'khatm.verdict': said.kind })
      if (said.httpStatus !== undefined) span.setAttribute('http.response.status_code', said.httpStatus)
      if (!goodVerdicts.has(said.kind)) fail(span, said.kind)
      return said
    })
  return {
    complianceCsid: (...asked) => call('complianceCsid', () => gateway.complianceCsid(...asked)),
    complianceCheck: (...asked) => call('complianceCheck', () => gateway.complianceCheck(...asked)),
    productionCsid: (...asked) => call('productionCsid', () => gateway.productionCsid(...asked)),
    renewCsid: (...asked) => call('renewCsid', () => gateway.renewCsid(...asked)),
    submit: (endpoint, ...asked) => call(endpoint, () => gateway.submit(endpoint, ...asked)),
  }
}

/** Whatever their status: ZATCA says 409 to a second copy of what it has, 428 with a certificate that has to be tried first. */
const goodVerdicts: ReadonlySet<string> = new Set(['accepted', 'issued'])

const traceRequests = (door: FastifyInstance, tracer: Tracer, active: AsyncLocalStorage<Context>): void => {
  const contexts = new WeakMap<FastifyRequest, Context>()
  door.addHook('onRequest', async (request, reply) => {
    const cause = causeOf(request)
    const span = tracer.startSpan(request.method, { kind: SpanKind.SERVER }, cause)
    contexts.set(request, trace.setSpan(cause, span))
    // Comes also when the caller hangs up.
    reply.raw.once('close', () => endRequest(span, request, reply))
  })
  // Not before the body was read: what arrives on a connection does not know for which request it was waited for.
  door.addHook('preHandler', (request, _reply, done) => active.run(contexts.get(request) ?? ROOT_CONTEXT, done))
}

/** W3C Trace Context; of what the caller wrote only the two ids and the flags are kept. */
const causeOf = ({ headers: { traceparent } }: FastifyRequest): Context => {
  const caller = typeof traceparent === 'string' ? parseTraceParent(traceparent) : null
  return caller === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, { ...caller, isRemote: true })
}

/** The pattern of the address, never the address: that may hold a client's name. */
const endRequest = (span: Span, request: FastifyRequest, { statusCode, raw }: FastifyReply): void => {
  const { id, method } = request
  const pattern = request.pattern || request.routeOptions.url
  span.setAttributes({ 'http.request.method': method, 'khatm.request_id': id })
  if (pattern !== undefined) span.updateName(`${method} ${pattern}`).setAttribute('http.route', pattern)
  if (raw.headersSent) span.setAttribute('http.response.status_code', statusCode)
  if (statusCode >= 500) fail(span, String(statusCode))
  span.end()
}
