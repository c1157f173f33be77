/** The gateway's misbehaviours on order: one table from name to what happens to a call. */
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { type Answer, answer, gatewayPage, notAcceptable, serverError, unauthorized } from './answer.ts'
import { ENDPOINT_NAMES, type EndpointName } from './endpoint-names.ts'

/** How an answer leaves: whole, cut off in its middle, or not at all. */
export type Delivery = { readonly answer: Answer; readonly isCut?: boolean } | 'reset' | 'never'

/** `handle` lets the gateway do its work; a behaviour that does not call it leaves the call unprocessed. */
type Behaviour = (handle: () => Answer, options: Options) => Delivery | Promise<Delivery>

interface Options {
  /** Milliseconds of delay. */
  readonly ms: number
  /** Seconds. */
  readonly retryAfter: number
  readonly now: number
}

const instead =
  (give: (options: Options) => Answer): Behaviour =>
  (_, options) => ({ answer: give(options) })

/** The gateway does its work, then the caller gets something else. */
const after =
  (give: (real: Answer) => Answer): Behaviour =>
  (handle) => ({ answer: give(handle()) })

const wait = async (ms: number): Promise<void> => sleep(ms, undefined, { ref: false })
const retryHeader = ({ retryAfter }: Options): Readonly<Record<string, string>> => ({ 'retry-after': `${retryAfter}` })

export const FAULTS = {
  slow: async (handle, { ms }) => {
    await wait(ms)
    return { answer: handle() }
  },
  late: async (handle, { ms }) => {
    const real = handle()
    await wait(ms)
    return { answer: real }
  },
  hang: () => 'never',
  'hang-after': (handle) => {
    handle()
    return 'never'
  },
  'reset-before': () => 'reset',
  'reset-after': (handle) => {
    handle()
    return 'reset'
  },
  '303': instead(() => answer(303, { message: 'Clearance is switched off. Use the reporting API.' })),
  '401': instead(({ now }) => unauthorized(now)),
  '403': instead(() => gatewayPage(403, 'Forbidden')),
  '404': instead(() => gatewayPage(404, 'Not Found')),
  '406': instead(notAcceptable),
  '413': instead(() => gatewayPage(413, 'Payload Too Large')),
  '415': instead(() => gatewayPage(415, 'Unsupported Media Type')),
  '428': instead(() => answer(428, { message: 'The CSID must pass the compliance checks again.' })),
  '429': instead((options) => answer(429, { message: 'Too many requests.' }, retryHeader(options))),
  '429-bare': instead(() => gatewayPage(429, 'Too Many Requests')),
  '500': instead(() => serverError(500, 'Something went wrong and it is not your fault.')),
  '500-invalid-request': instead(() =>
    answer(500, { code: 'Invalid-Request', message: 'System failed to process the request.' }),
  ),
  '500-accepted': after(() => serverError(500, 'Something went wrong and it is not your fault.')),
  '502': instead(() => gatewayPage(502, 'Bad Gateway')),
  '503': instead((options) => gatewayPage(503, 'Service Unavailable', retryHeader(options))),
  '504': instead(() => gatewayPage(504, 'Gateway Timeout')),
  '504-accepted': after(() => gatewayPage(504, 'Gateway Timeout')),
  malformed: after((real) =>
    answer(real.status, '{"validationResults":{"status":', { 'content-type': 'application/json' }),
  ),
  html: after((real) => gatewayPage(real.status, 'OK')),
  empty: after((real) => answer(real.status, '', { 'content-type': 'application/json' })),
  truncated: (handle) => ({ answer: handle(), isCut: true }),
  /** The gateway repeats the call within itself and gives the second answer: 208 or 409 on a first attempt (spec A8). */
  repeated: (handle) => {
    handle()
    return { answer: handle() }
  },
  /** The answer to a duplicate as it was before July 2025 (spec A8). */
  'old-duplicate': after(() =>
    answer(200, { message: 'Invoice Hash Previously Submitted', reportingStatus: 'REPORTED_SUCCESSFULLY_EARLIER' }),
  ),
  'other-invoice': after((real) => withClearedInvoice(real, otherInvoice)),
  'no-invoice': after((real) => withClearedInvoice(real, () => null)),
  /** A refused signing request in the shape of a success (spec A4). */
  'not-compliant': instead(() =>
    answer(200, {
      requestID: -2,
      tokenType: null,
      dispositionMessage: 'NOT_COMPLIANT',
      binarySecurityToken: null,
      errors: ['Denied by Policy Module: the request was for a certificate template that is not supported.'],
    }),
  ),
} as const satisfies Record<string, Behaviour>

export type FaultName = keyof typeof FAULTS

const faultNames = Object.keys(FAULTS)
const isFaultName = (name: string): name is FaultName => faultNames.includes(name)

export const faultSchema = z.strictObject({
  fault: z.string().refine(isFaultName, { error: `one of ${faultNames.join(', ')}` }),
  endpoint: z.enum(ENDPOINT_NAMES).optional(),
  times: z.union([z.int().positive(), z.literal('always')]).default(1),
  ms: z.int().nonnegative().default(5000),
  retryAfter: z.int().nonnegative().default(5),
})

export type Fault = z.infer<typeof faultSchema>

export interface Faults {
  add(fault: Fault): void
  list(): readonly Fault[]
  clear(): void
  /** The answer of `handle` as the oldest fitting fault delivers it; without a fault, whole. */
  apply(endpoint: EndpointName, now: number, handle: () => Answer): Delivery | Promise<Delivery>
}

export function switchboard(): Faults {
  let ordered: Fault[] = []

  function take(endpoint: EndpointName): Fault | undefined {
    const fault = ordered.find((item) => item.endpoint === undefined || item.endpoint === endpoint)
    if (fault && fault.times !== 'always') fault.times -= 1
    ordered = ordered.filter(({ times }) => times !== 0)
    return fault
  }
  return {
    add: (fault) => void ordered.push({ ...fault }),
    list: () => ordered,
    clear: () => {
      ordered = []
    },
    apply(endpoint, now, handle) {
      const fault = take(endpoint)
      if (!fault) return { answer: handle() }
      const behave: Behaviour = FAULTS[fault.fault]
      return behave(handle, { ms: fault.ms, retryAfter: fault.retryAfter, now })
    },
  }
}

function withClearedInvoice(real: Answer, change: (invoice: string) => string | null): Answer {
  if (typeof real.body === 'string' || !('clearedInvoice' in real.body)) return real
  const { clearedInvoice } = real.body
  return typeof clearedInvoice === 'string'
    ? { ...real, body: { ...real.body, clearedInvoice: change(clearedInvoice) } }
    : real
}

/** The cleared invoice under another UUID: it is not the one that was sent. */
function otherInvoice(invoice: string): string {
  const xml = Buffer.from(invoice, 'base64').toString('utf8')
  return Buffer.from(xml.replace(/(<cbc:UUID>)[^<]+/, '$100000000-0000-4000-8000-000000000000')).toString('base64')
}
