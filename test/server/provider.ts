/** A small OpenID Connect provider with real signed tokens: whoever comes is signed in at once as the person that the test chose. */
import { createHash, createSign, generateKeyPairSync, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'

export interface Person {
  readonly sub: string
  readonly email?: string
  readonly email_verified?: boolean
}

export interface Provider {
  readonly issuer: string
  /** Who is in front of the screen, and what goes wrong in the token */
  person: Person
  spoil: {
    readonly nonce?: string
    readonly aud?: string
    readonly iss?: string
    readonly exp?: number
    readonly otherKey?: boolean
  }
  close(): Promise<void>
}

export const client = { id: 'khatm', secret: 'canary secret of the client' } as const

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
const others = generateKeyPairSync('rsa', { modulusLength: 2048 })
const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

export const startProvider = async (): Promise<Provider> => {
  const codes = new Map<string, { challenge: string; nonce: string; redirect: string }>()
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '', provider.issuer)
    if (url.pathname === '/.well-known/openid-configuration') return json(response, configuration(provider.issuer))
    if (url.pathname === '/jwks') {
      const jwk = keys.publicKey.export({ format: 'jwk' })
      return json(response, { keys: [{ ...jwk, kid: 'one', alg: 'RS256', use: 'sig' }] })
    }
    if (url.pathname === '/authorize') return authorize(url, response)
    return token(new URLSearchParams(await text(request)), request.headers.authorization ?? '', response)
  }
  const authorize = ({ searchParams: asked }: URL, response: ServerResponse): void => {
    const code = randomUUID()
    const redirect = asked.get('redirect_uri') ?? ''
    if (asked.get('code_challenge_method') !== 'S256' || asked.get('response_type') !== 'code')
      return void json(response, {}, 400)
    codes.set(code, { challenge: asked.get('code_challenge') ?? '', nonce: asked.get('nonce') ?? '', redirect })
    const back = new URL(redirect)
    back.searchParams.set('code', code)
    back.searchParams.set('state', asked.get('state') ?? '')
    response.writeHead(302, { location: back.href }).end()
  }
  const token = (form: URLSearchParams, authorization: string, response: ServerResponse): void => {
    const given = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const basic = Buffer.from(`${client.id}:${encodeURIComponent(client.secret).replaceAll('%20', '+')}`).toString(
      'base64',
    )
    const isClient = form.get('client_secret') === client.secret || authorization === `Basic ${basic}`
    const isRight = given !== undefined && given.challenge === challenge && given.redirect === form.get('redirect_uri')
    if (!isClient || !isRight) return void json(response, { error: 'invalid_grant' }, 400)
    const now = Math.floor(Date.now() / 1000)
    const { otherKey = false, ...spoilt } = provider.spoil
    const base = { iss: provider.issuer, aud: client.id, iat: now, exp: now + 300, nonce: given.nonce }
    const claims = encoded({ ...base, ...provider.person, ...spoilt })
    const head = encoded({ alg: 'RS256', kid: 'one', typ: 'JWT' })
    const signed = createSign('RSA-SHA256').update(`${head}.${claims}`)
    const signature = signed.sign(otherKey ? others.privateKey : keys.privateKey, 'base64url')
    json(response, { access_token: randomUUID(), token_type: 'Bearer', id_token: `${head}.${claims}.${signature}` })
  }
  const server = createServer((request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const bound = server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0
  const provider: Provider = {
    issuer: `http://127.0.0.1:${port}`,
    person: { sub: 'nobody' },
    spoil: {},
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return provider
}

const configuration = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
  code_challenge_methods_supported: ['S256'],
})

const json = (response: ServerResponse, body: object, status = 200): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
