/** Sign-in at the office's own service: there with a challenge (PKCE), back with a code, and into the session that a page of ours has. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Configuration } from 'openid-client'
import { type Identity, recallVisit, rememberVisit, signInAs } from '#core/access/sign-in-service.ts'
import type { Office } from '#core/api/handlers/office.ts'
import { asFailure, Failure } from '#core/errors.ts'
import { readPrivate } from '#core/keys/private-file.ts'
import { originOf } from '#core/system/log.ts'
import type { Limits } from './limits.ts'
import type { OidcConfig } from './oidc-settings.ts'
import { type Doorway, isSecure } from './own-page.ts'

export interface OidcOptions {
  readonly office: Office
  readonly oidc: OidcConfig
  readonly publicUrl: string
  readonly limits?: Limits | undefined
}

const prefix = '/api/v1/sign-in-service'

export const oidcRoutes = (app: FastifyInstance, options: OidcOptions, door: Doorway): void => {
  const { office, oidc, publicUrl, limits } = options
  const service = reach(oidc)
  const callback = new URL(`${prefix}/callback`, publicUrl).href
  const secure = isSecure(publicUrl)
  const cookieName = secure ? '__Host-khatm-visit' : 'khatm-visit'
  // The service sends the browser back, which is a visit from another site: a strict cookie would stay at home.
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: 600 } as const

  app.get(`${prefix}/start`, async (request, reply) => {
    await limits?.admit('signIns', request.ip)
    try {
      return reply.redirect(await wayThere(reply))
    } catch (thrown) {
      return sentBack(reply, office, thrown)
    }
  })

  app.get(`${prefix}/callback`, async (request, reply) => {
    const state = request.cookies[cookieName] ?? ''
    reply.clearCookie(cookieName, cookie)
    try {
      const identity = await identified(await service(), request, state)
      const { token, expiresAt } = await signInAs(office, identity, oidc)
      door.keeper(reply).keep(token, expiresAt)
      return reply.redirect('/')
    } catch (thrown) {
      return sentBack(reply, office, thrown)
    }
  })

  const wayThere = async (reply: FastifyReply): Promise<string> => {
    const client = await import('openid-client')
    const configuration = await service()
    const [state, nonce, verifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()]
    await rememberVisit(office, state, { nonce, verifier })
    reply.setCookie(cookieName, state, cookie)
    const asked = {
      redirect_uri: callback,
      scope: oidc.byEmail ? 'openid email' : 'openid',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    }
    return client.buildAuthorizationUrl(configuration, asked).href
  }

  /** The browser that comes back has to be the one that was sent, and the state is good once. */
  const identified = async (
    configuration: Configuration,
    request: FastifyRequest,
    state: string,
  ): Promise<Identity> => {
    const { nonce, verifier } = await recallVisit(office, state)
    const client = await import('openid-client')
    const current = new URL(request.url, publicUrl)
    const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true }
    const tokens = await client.authorizationCodeGrant(configuration, current, checks).catch((cause) => {
      throw new Failure('access/service-refused', { cause, reason: codeOf(cause) })
    })
    const claims = tokens.claims()
    if (claims === undefined) throw new Failure('access/service-refused', { reason: 'no identity' })
    const isVerified = claims['email_verified'] === true && typeof claims['email'] === 'string'
    return {
      issuer: claims.iss,
      subject: claims.sub,
      verifiedEmail: isVerified ? String(claims['email']) : undefined,
    }
  }
}

/** Asked for what it can do with the first sign-in, and again after a failure: a server starts without it. */
const reach = (oidc: OidcConfig): (() => Promise<Configuration>) => {
  let known: Promise<Configuration> | undefined
  return () => {
    known ??= discovered(oidc).catch((cause) => {
      known = undefined
      throw cause instanceof Failure ? cause : new Failure('access/service-unreachable', { cause })
    })
    return known
  }
}

const discovered = async ({ issuer, clientId, secretFile }: OidcConfig): Promise<Configuration> => {
  const { discovery, allowInsecureRequests, enableNonRepudiationChecks } = await import('openid-client')
  const secret = secretFile === undefined ? undefined : (await readPrivate(secretFile)).trim()
  const url = new URL(issuer)
  // The signature counts also when the token came straight from the service; an address without TLS is refused in production.
  const execute = [enableNonRepudiationChecks, ...(url.protocol === 'http:' ? [allowInsecureRequests] : [])]
  return discovery(url, clientId, secret, undefined, { execute })
}

/** The library's own words for what is wrong with an answer; never the answer. */
const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable answer'

/** A person stands in front of this: the sign-in page says in words what the code means. */
const sentBack = (reply: FastifyReply, { log }: Office, thrown: unknown): FastifyReply => {
  const { code, reason } = asFailure(thrown)
  log.warn('access/service', { code, reason, ...(code === 'internal/unexpected' && { origin: originOf(thrown) }) })
  return reply.redirect(`/#refused=${encodeURIComponent(code)}`)
}
