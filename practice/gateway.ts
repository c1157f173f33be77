/** The gateway's inside: who is calling, and which of the six endpoints answers. */
import { type Answer, notAcceptable, refusal, unauthorized } from './answer.ts'
import type { Call, Practice, Request } from './call.ts'
import { readCertificate } from './certificates/certificate.ts'
import { sha256Hex } from './certificates/ecdsa.ts'
import { ENDPOINTS, type Endpoint } from './endpoints.ts'
import { ENVIRONMENT_NAMES, ENVIRONMENTS, type EnvironmentName } from './environments.ts'
import { languageOf } from './messages.ts'
import type { Credential } from './state.ts'

export interface Route {
  readonly environment: EnvironmentName
  readonly endpoint: Endpoint
}

const ROUTES: ReadonlyMap<string, Route> = new Map(
  ENVIRONMENT_NAMES.flatMap((environment) =>
    ENDPOINTS.map((endpoint) => [
      `${endpoint.method} ${ENVIRONMENTS[environment].basePath}${endpoint.path}`,
      { environment, endpoint },
    ]),
  ),
)

export const routeOf = (request: Request): Route | undefined => ROUTES.get(`${request.method} ${request.path}`)

/** Checks version, sign-in and body, in this order, then lets the endpoint answer (spec A3). */
export function answerCall(practice: Practice, { environment, endpoint }: Route, request: Request): Answer {
  if (request.headers['accept-version'] !== 'V2') return notAcceptable()
  const language = languageOf(request.headers['accept-language'] ?? '')
  const call = { practice, environment, request, language, body: parseJson(request.body) }
  if (endpoint.auth === 'none')
    return call.body === undefined ? refusal(400, 'Invalid-Request', language) : endpoint.handle(call)
  const caller = signIn(call, endpoint.auth)
  if (!caller) return unauthorized(practice.now())
  if (call.body === undefined) return refusal(400, 'Invalid-Request', language)
  return endpoint.handle({ ...call, caller, certificate: readCertificate(caller.certificate) })
}

/** The CSID behind `Basic base64(token:secret)`: of this environment and kind, neither revoked nor expired. */
function signIn({ practice, environment, request }: Call, kind: Credential['kind']): Credential | undefined {
  const basic = /^Basic ([A-Za-z0-9+/=]+)$/.exec(request.headers['authorization'] ?? '')?.[1]
  if (!basic) return undefined
  const authorization = sha256Hex(Buffer.from(basic, 'base64'))
  const found = practice.state.credentials.find((item) => item.authorization === authorization)
  if (!found || found.isRevoked || found.kind !== kind || found.environment !== environment) return undefined
  return practice.now() <= readCertificate(found.certificate).notAfter ? found : undefined
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
