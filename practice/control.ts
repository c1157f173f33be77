/** The control interface under `/control`: what a person, a demo or a test uses to steer the gateway and to look inside. */
import { z } from 'zod'
import { type Answer, answer } from './answer.ts'
import type { Practice, Request } from './call.ts'
import { pem } from './certificates/der.ts'
import { ENVIRONMENT_NAMES, ENVIRONMENTS } from './environments.ts'
import { FAULTS, faultSchema } from './faults.ts'
import { issueOtp, revoke } from './onboarding.ts'
import { scriptSchema } from './scripted.ts'
import { DEFAULT_SETTINGS, settingsSchema } from './state.ts'

/** A practice whose clock can be moved. */
export interface Controlled extends Practice {
  /** Sets the clock to a time (milliseconds), from which it goes on; undefined returns to the real time. */
  readonly setClock: (time: number | undefined) => void
}

type Handler = (practice: Controlled, body: unknown, query: URLSearchParams) => object

const otpBody = z.strictObject({ vatNumber: z.string().optional() })
const clockBody = z.strictObject({ now: z.iso.datetime({ offset: true }).nullable() })
const revokeBody = z.strictObject({ csid: z.string() })
const resetBody = z.strictObject({
  only: z.array(z.enum(['csids', 'ledger', 'faults', 'answers', 'settings', 'clock'])).optional(),
})

const RESETS: Readonly<Record<string, (practice: Controlled) => void>> = {
  csids: ({ state }) => {
    state.credentials = []
    state.otps = {}
  },
  ledger: ({ ledger }) => ledger.clear(),
  faults: ({ faults }) => faults.clear(),
  answers: ({ scripted }) => scripted.clear(),
  settings: ({ state }) => {
    state.settings = { ...DEFAULT_SETTINGS }
  },
  clock: (practice) => practice.setClock(undefined),
}

const HANDLERS: Readonly<Record<string, Handler>> = {
  'GET /control': (practice) => overview(practice),
  'POST /control/otp': (practice, body) => {
    const { otp, expiresAt } = issueOtp(practice, otpBody.parse(body).vatNumber)
    return { otp, expiresAt: new Date(expiresAt).toISOString() }
  },
  'GET /control/faults': ({ faults }) => ({ faults: faults.list(), known: Object.keys(FAULTS) }),
  'POST /control/faults': ({ faults }, body) => {
    faults.add(faultSchema.parse(body))
    return { faults: faults.list() }
  },
  'DELETE /control/faults': ({ faults }) => {
    faults.clear()
    return { faults: faults.list() }
  },
  'GET /control/answers': ({ scripted }) => ({ answers: scripted.list() }),
  'POST /control/answers': ({ scripted }, body) => {
    scripted.add(scriptSchema.parse(body))
    return { answers: scripted.list() }
  },
  'DELETE /control/answers': ({ scripted }) => {
    scripted.clear()
    return { answers: scripted.list() }
  },
  'GET /control/ledger': ({ ledger }, _, query) => {
    const wanted = [...query]
    const entries = ledger
      .entries()
      .filter((entry) =>
        wanted.every(([name, value]) =>
          Object.entries(entry).some((pair) => pair[0] === name && `${pair[1]}` === value),
        ),
      )
    return { entries, gaps: ledger.gaps() }
  },
  'GET /control/csids': ({ state }) => ({
    csids: state.credentials.map(({ csid, kind, environment, vatNumber, functionalityMap, passed, isRevoked }) => ({
      csid,
      kind,
      environment,
      vatNumber,
      functionalityMap,
      passed,
      isRevoked,
    })),
  }),
  'POST /control/csids/revoke': ({ state, save }, body) => {
    const { csid } = revokeBody.parse(body)
    revoke(state, csid)
    save()
    return { revoked: state.credentials.filter((item) => item.csid === csid).length }
  },
  'GET /control/settings': ({ state }) => state.settings,
  'POST /control/settings': ({ state, save }, body) => {
    Object.assign(state.settings, settingsSchema.partial().strict().parse(body))
    save()
    return state.settings
  },
  'POST /control/clock': (practice, body) => {
    const { now } = clockBody.parse(body)
    practice.setClock(now === null ? undefined : Date.parse(now))
    return { now: new Date(practice.now()).toISOString() }
  },
  'GET /control/ca': ({ state: { authority } }) => ({
    compliance: pem('CERTIFICATE', authority.compliance.certificate),
    production: pem('CERTIFICATE', authority.production.certificate),
    stamp: pem('CERTIFICATE', authority.stamp.certificate),
  }),
  'POST /control/reset': (practice, body) => {
    const parts = resetBody.parse(body).only ?? Object.keys(RESETS)
    for (const part of parts) RESETS[part]?.(practice)
    practice.save()
    return { reset: parts }
  },
}

const overview = (practice: Controlled): object => ({
  now: new Date(practice.now()).toISOString(),
  basePaths: Object.fromEntries(ENVIRONMENT_NAMES.map((name) => [name, ENVIRONMENTS[name].basePath])),
  settings: practice.state.settings,
  csids: practice.state.credentials.length,
  documents: practice.ledger.entries().length,
  faults: practice.faults.list(),
  answers: practice.scripted.list(),
  operations: Object.keys(HANDLERS),
})

export const isControl = (path: string): boolean => path === '/control' || path.startsWith('/control/')

/**
 * Answers a control call. Only this machine may steer the gateway, and no web page that happens to be open on it:
 * browsers name the page in `Origin`.
 */
export function answerControl(
  practice: Controlled,
  request: Request,
  remoteAddress: string,
  query: URLSearchParams,
): Answer {
  if (!isLoopback(remoteAddress) || request.headers['origin'] !== undefined)
    return answer(403, { message: 'The control interface answers to programs on this machine only.' })
  const handler = HANDLERS[`${request.method} ${request.path}`]
  if (!handler)
    return answer(404, { message: 'There is no such control operation.', operations: Object.keys(HANDLERS) })
  try {
    return answer(200, handler(practice, JSON.parse(request.body.toString('utf8') || '{}'), query))
  } catch (error) {
    if (error instanceof SyntaxError) return answer(400, { message: 'The body is not JSON.' })
    if (error instanceof z.ZodError) return answer(400, { message: z.prettifyError(error) })
    throw error
  }
}

const isLoopback = (address: string): boolean => /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(address)
