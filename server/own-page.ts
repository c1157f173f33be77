/** Who is calling over HTTP: a page of ours with the session cookie, or a program with a key or a token; everybody else is refused. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isApiKey } from '#core/access/api-keys.ts'
import { ownPageHeader } from '#core/api/client.ts'
import type { SessionHolder } from '#core/api/handlers/doors.ts'
import { Failure } from '#core/errors.ts'

export interface Doorway {
  /** The token that the caller carries, if any; throws `access/origin` for a call from another site. */
  token(request: FastifyRequest): string | undefined
  /** Keeps the session in a cookie for pages of ours; programs get the token in the answer. */
  holder(request: FastifyRequest, reply: FastifyReply): SessionHolder | undefined
  /** The cookie itself, for a browser that comes back from a sign-in elsewhere */
  keeper(reply: FastifyReply): SessionHolder
}

/** `publicUrl` is the address that people type; without one the server is for this machine only. */
export const doorway = (publicUrl: string | undefined): Doorway => {
  const secure = isSecure(publicUrl)
  const cookieName = secure ? '__Host-khatm' : 'khatm'
  const cookie = { path: '/', httpOnly: true, sameSite: 'strict', secure } as const
  const isOwnPage = (request: FastifyRequest): boolean => request.headers[ownPageHeader] !== undefined
  const keeper = (reply: FastifyReply): SessionHolder => ({
    keep: (token, expiresAt) => void reply.setCookie(cookieName, token, { ...cookie, expires: new Date(expiresAt) }),
    drop: () => void reply.clearCookie(cookieName, cookie),
  })
  return {
    keeper,
    token: (request) => {
      const key = apiKeyOf(request)
      if (key !== undefined) return key
      if (!isOwnOrigin(request.headers, publicUrl)) throw new Failure('access/origin', { reason: 'foreign Origin' })
      const bearer = bearerToken(request)
      if (bearer !== undefined) return bearer
      const kept = request.cookies[cookieName]
      if (kept !== undefined && !isOwnPage(request)) {
        throw new Failure('access/origin', { reason: `cookie without ${ownPageHeader}` })
      }
      return kept
    },
    holder: (request, reply) => (isOwnPage(request) && apiKeyOf(request) === undefined ? keeper(reply) : undefined),
  }
}

const bearerToken = ({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined =>
  /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1]

/**
 * The key that a program carries in either header. No browser adds one by itself, so a call with a key needs no proof of where it comes
 * from, and never gets a cookie. Throws `access/unauthenticated` when `X-API-Key` carries something else.
 */
export const apiKeyOf = (request: Pick<FastifyRequest, 'headers'>): string | undefined => {
  const given = request.headers['x-api-key']
  if (given === undefined) return keyOrNothing(bearerToken(request))
  if (typeof given !== 'string' || !isApiKey(given)) throw new Failure('access/unauthenticated')
  return given
}

const keyOrNothing = (token: string | undefined): string | undefined =>
  token !== undefined && isApiKey(token) ? token : undefined

/** Decides the name of the cookie (`__Host-`), its Secure flag, and HSTS. */
export const isSecure = (publicUrl: string | undefined): boolean => publicUrl?.startsWith('https:') ?? false

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]'])

/**
 * A browser names the page that calls. It must be the public address, or, on a server without one, this very port under a name of this
 * machine: any other name in `Host` is somebody's domain that was pointed here.
 */
const isOwnOrigin = ({ origin, host }: FastifyRequest['headers'], publicUrl: string | undefined): boolean => {
  if (origin === undefined) return true
  if (publicUrl !== undefined) return origin === new URL(publicUrl).origin
  return origin === `http://${host}` && loopback.has(new URL(origin).hostname)
}
