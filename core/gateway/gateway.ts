/** Speaks with ZATCA's gateway, or the practice one: the only file that builds requests, and each of them in one place. */
import type { Answer, Credentials, Environment, Gateway, Submission } from '#core/ports.ts'
import { checkedBase, type EndpointName, type EndpointShape, endpoints, zatcaUrls } from './endpoints.ts'
import { type Exchange, exchange } from './exchange.ts'
import { type Channel, csidVerdict, documentVerdict } from './verdict.ts'

/** The gateway itself retries for about 30 s; giving up before that makes outcomes unknown for no reason (spec J14). */
const defaultTimeoutMs = 60_000

export interface GatewayOptions {
  /** Replaces ZATCA's address; required for PRACTICE */
  readonly url?: string | undefined
  readonly timeoutMs?: number
  /** Language of ZATCA's messages */
  readonly language?: 'en' | 'ar'
  /** Hears the time in every answer (milliseconds since 1970), and how long after the request it came */
  readonly onServerTime?: (serverTime: number, roundTripMs: number) => void
}

interface Call {
  readonly body: Readonly<Record<string, string>>
  readonly credentials?: Credentials
  readonly otp?: string
}

/** One environment's gateway; throws `config/invalid` for an address that is not safe to talk to. */
export const openGateway = (environment: Environment, options: GatewayOptions = {}): Gateway => {
  const base = checkedBase(environment, options.url ?? (environment === 'PRACTICE' ? '' : zatcaUrls[environment]))
  const call = async (name: EndpointName, { body, credentials, otp }: Call): Promise<Exchange> => {
    const endpoint: EndpointShape = endpoints[name]
    const done = await exchange({
      url: new URL(`${base.pathname.replace(/\/$/, '')}${endpoint.path}`, base),
      method: endpoint.method,
      headers: {
        ...commonHeaders(options.language ?? 'en'),
        ...endpoint.headers,
        ...signIn(credentials),
        ...password(otp),
      },
      body: JSON.stringify(body),
      timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
    })
    if (done.kind === 'answered' && done.serverTime !== undefined)
      options.onServerTime?.(done.serverTime, done.roundTripMs)
    return done
  }
  const ask = async <Said extends Answer>(name: EndpointName, asked: Call, judge: (exchange: Exchange) => Said) =>
    discreet(judge(await call(name, asked)), asked)
  return {
    complianceCsid: (csrPem, otp) => ask('complianceCsid', { body: csrBody(csrPem), otp }, csidVerdict),
    complianceCheck: (credentials, submission) =>
      ask('complianceCheck', { body: documentBody(submission), credentials }, documentVerdictOf('compliance')),
    productionCsid: (credentials, complianceRequestId) =>
      ask('productionCsid', { body: { compliance_request_id: complianceRequestId }, credentials }, csidVerdict),
    renewCsid: (credentials, csrPem, otp) => ask('renewCsid', { body: csrBody(csrPem), credentials, otp }, csidVerdict),
    submit: (endpoint, credentials, submission) =>
      ask(endpoint, { body: documentBody(submission), credentials }, documentVerdictOf(endpoint)),
  }
}

const documentVerdictOf = (channel: Channel) => (exchange: Exchange) => documentVerdict(channel, exchange)

/** An error page may repeat the request: what was sent to sign in never reaches the journal or a message. */
const discreet = <Said extends Answer>(said: Said, { credentials, otp }: Call): Said => {
  const sent = [basicOf(credentials), credentials?.secret, otp]
  const without = (text: string) =>
    sent.reduce((rest: string, secret) => (secret === undefined ? rest : rest.replaceAll(secret, '(removed)')), text)
  return { ...said, body: without(said.body), ...('message' in said ? { message: without(String(said.message)) } : {}) }
}

/** `Ports['gateway']`: one gateway for each environment, PRACTICE at the given address; its clock is this machine's and proves nothing. */
export const openGateways = (options: GatewayOptions & { readonly practiceUrl?: string | undefined } = {}) => {
  const { practiceUrl, ...zatca } = options
  const { onServerTime: _, ...practice } = zatca
  return (environment: Environment): Gateway =>
    openGateway(environment, environment === 'PRACTICE' ? { ...practice, url: practiceUrl } : zatca)
}

const commonHeaders = (language: string): Readonly<Record<string, string>> => ({
  Accept: 'application/json',
  'Accept-Language': language,
  'Accept-Version': 'V2',
  'Content-Type': 'application/json',
})

/** A3: the token goes in exactly as it came, it is not decoded first. */
const basicOf = (credentials: Credentials | undefined): string | undefined =>
  credentials && Buffer.from(`${credentials.token}:${credentials.secret}`).toString('base64')

const signIn = (credentials: Credentials | undefined): Readonly<Record<string, string>> =>
  credentials === undefined ? {} : { Authorization: `Basic ${basicOf(credentials)}` }

const password = (otp: string | undefined): Readonly<Record<string, string>> => (otp === undefined ? {} : { OTP: otp })

/** A4: base64 over the whole PEM text, armour included. */
const csrBody = (csrPem: string) => ({ csr: Buffer.from(csrPem, 'utf8').toString('base64') })

const documentBody = ({ invoiceHash, uuid, invoice }: Submission) => ({
  invoiceHash,
  uuid,
  invoice: Buffer.from(invoice).toString('base64'),
})
