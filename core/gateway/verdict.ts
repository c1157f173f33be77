/** What an answer means: status and body to a Verdict, as tables (spec A4 to A11). */
import type { Answer, CsidVerdict, Endpoint, GatewayFinding, Verdict } from '#core/ports.ts'
import { type Body, findingsOf, keptBody, parseBody, recordOf, textOf } from './body.ts'
import type { Exchange } from './exchange.ts'

/** Where a document was sent; the compliance check answers in the words of either. */
export type Channel = Endpoint | 'compliance'

interface Reply {
  readonly channel: Channel
  readonly status: number
  readonly body: Body
  readonly retryAfter: string | undefined
}

type Meaning = DistributiveOmit<Verdict, keyof Answer>
type CsidMeaning = DistributiveOmit<CsidVerdict, keyof Answer>
type DistributiveOmit<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never

// ---- documents ------------------------------------------------------------------------------------------------------

const always = (meaning: Meaning) => (): Meaning => meaning

/** Statuses with a meaning of their own; the rest go by their hundreds. */
const byStatus: Readonly<Record<number, (reply: Reply) => Meaning>> = {
  200: (reply) => accepted(reply, false),
  202: (reply) => accepted(reply, false),
  208: (reply) => accepted(reply, true),
  303: (reply) => (reply.channel === 'clearance' ? { kind: 'reroute' } : { kind: 'misconfigured' }),
  400: (reply) => refused(reply),
  401: always({ kind: 'sign-in-refused' }),
  403: always({ kind: 'sign-in-refused' }),
  409: (reply) => duplicateReport(reply),
  413: always({ kind: 'too-large' }),
  428: always({ kind: 'renewal-needed' }),
  429: (reply) => ({ kind: 'throttled', retryAfterSeconds: seconds(reply.retryAfter) }),
}

const byHundred: Readonly<Record<number, (reply: Reply) => Meaning>> = {
  2: () => ({ kind: 'unknown', cause: 'unexpected-success' }),
  3: always({ kind: 'misconfigured' }),
  4: always({ kind: 'misconfigured' }),
  5: (reply) => ({ kind: 'unknown', cause: `http-${reply.status}` }),
}

/** The verdict on a submitted or checked document. */
export const documentVerdict = (channel: Channel, exchange: Exchange): Verdict => {
  if (exchange.kind === 'untrusted') return { httpStatus: undefined, body: exchange.cause, kind: 'misconfigured' }
  if (exchange.kind !== 'answered') return { httpStatus: undefined, body: '', ...exchange }
  const reply = { ...exchange, channel, body: parseBody(exchange.body) }
  const decide = byStatus[reply.status] ?? byHundred[Math.floor(reply.status / 100)]
  const meaning = decide?.(reply) ?? { kind: 'unknown', cause: `http-${reply.status}` }
  return { httpStatus: exchange.status, body: keptBody(exchange.body), ...meaning }
}

/** What `reportingStatus` and `clearanceStatus` say when the document got through. */
const outcomes: Readonly<Record<string, 'cleared' | 'reported'>> = {
  CLEARED: 'cleared',
  REPORTED: 'reported',
  REPORTED_SUCCESSFULLY_EARLIER: 'reported',
}

const statusWord = (body: Body, key: string): string => textOf(body, key)?.toUpperCase() ?? ''

const outcomeOf = (body: Body): 'cleared' | 'reported' | undefined =>
  outcomes[statusWord(body, 'clearanceStatus')] ?? outcomes[statusWord(body, 'reportingStatus')]

const expectedOutcome = { clearance: 'cleared', reporting: 'reported', compliance: undefined } as const

/** A success must say so in its body: an empty or cut one is no proof of anything. */
const accepted = (reply: Reply, duplicate: boolean): Meaning => {
  const outcome = outcomeOf(reply.body)
  if (reply.body === undefined) return { kind: 'unknown', cause: 'body-not-json' }
  if (outcome === undefined) return { kind: 'unknown', cause: 'body-without-outcome' }
  if (outcome !== (expectedOutcome[reply.channel] ?? outcome)) return { kind: 'unknown', cause: 'other-outcome' }
  const clearedXml = decoded(textOf(reply.body, 'clearedInvoice'))
  // The buyer needs the stamped copy; the next identical transmission brings it with a 208.
  if (reply.channel === 'clearance' && clearedXml === undefined)
    return { kind: 'unknown', cause: 'no-cleared-document' }
  const earlier = statusWord(reply.body, 'reportingStatus') === 'REPORTED_SUCCESSFULLY_EARLIER'
  return { kind: 'accepted', outcome, duplicate: duplicate || earlier, clearedXml, findings: findingsOf(reply.body) }
}

/** A8: the first copy was accepted; the body then says NOT_REPORTED, so the status alone decides. */
const duplicateReport = (reply: Reply): Meaning =>
  reply.channel === 'reporting'
    ? {
        kind: 'accepted',
        outcome: 'reported',
        duplicate: true,
        clearedXml: undefined,
        findings: findingsOf(reply.body),
      }
    : { kind: 'unknown', cause: 'conflict' }

/** A rejection is ZATCA's judgement in JSON; a page of some proxy with the same status judges nothing. */
const refused = (reply: Reply): Meaning =>
  reply.body === undefined ? { kind: 'misconfigured' } : { kind: 'rejected', findings: findingsOf(reply.body) }

/** Base64 to bytes; undefined for nothing or for what is no base64 (a stamped document is never empty). */
const decoded = (base64: string | undefined): Uint8Array | undefined => {
  if (base64 === undefined || !/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(base64)) return undefined
  return new Uint8Array(Buffer.from(base64, 'base64'))
}

const seconds = (retryAfter: string | undefined): number | undefined =>
  retryAfter !== undefined && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : undefined

// ---- certificates ---------------------------------------------------------------------------------------------------

/** Codes and categories that name the reason of a refusal (A4). */
const csidReasons: Readonly<Record<string, 'otp-refused' | 'csr-refused' | 'steps-missing'>> = {
  'Missing-OTP': 'otp-refused',
  'Invalid-OTP': 'otp-refused',
  'Invalid-CSR': 'csr-refused',
  'Missing-ComplianceSteps': 'steps-missing',
}

/** The verdict on a request for a certificate. */
export const csidVerdict = (exchange: Exchange): CsidVerdict => {
  if (exchange.kind === 'untrusted')
    return { httpStatus: undefined, body: '', kind: 'refused', message: exchange.cause }
  if (exchange.kind !== 'answered') return { httpStatus: undefined, body: '', ...exchange }
  const body = parseBody(exchange.body)
  return { httpStatus: exchange.status, body: keptBody(exchange.body), ...csidMeaning(exchange.status, body) }
}

const csidMeaning = (status: number, body: Body): CsidMeaning => {
  if (status === 200) return issued(body, false)
  // A5: renewal accepted, the compliance documents have to be repeated; production sometimes leaves the wrapper out.
  if (status === 428) return issued(recordOf(body, 'value') ?? body, true)
  if (status === 429) return { kind: 'unsent', cause: 'throttled' }
  if (status >= 500) return { kind: 'unknown', cause: `http-${status}` }
  const findings = findingsOf(body)
  return { kind: reasonOf(findings) ?? 'refused', message: messageOf(findings, `HTTP ${status}`) }
}

const reasonOf = (findings: readonly GatewayFinding[]) =>
  findings
    .flatMap(({ code, category }) => [csidReasons[code ?? ''], csidReasons[category ?? '']])
    .find((reason) => reason !== undefined)

const messageOf = (findings: readonly GatewayFinding[], otherwise: string): string =>
  findings.map(({ message }) => message).join('; ') || otherwise

/** Success only with token and secret in hand: a refused request can come as requestID -2 with nulls. */
const issued = (body: Body, complianceNeeded: boolean): CsidMeaning => {
  if (body === undefined) return { kind: 'unknown', cause: 'body-not-json' }
  const requestId = textOf(body, 'requestID')
  const token = textOf(body, 'binarySecurityToken')
  const secret = textOf(body, 'secret')
  if (requestId !== undefined && token !== undefined && secret !== undefined)
    return { kind: 'issued', requestId, token, secret, complianceNeeded }
  const findings = findingsOf(body)
  const kind =
    textOf(body, 'dispositionMessage') === 'NOT_COMPLIANT' ? 'csr-refused' : (reasonOf(findings) ?? 'refused')
  return { kind, message: messageOf(findings, textOf(body, 'dispositionMessage') ?? 'no certificate in the answer') }
}
