/** How a message to a webhook proves that it comes from this office: the headers of Standard Webhooks (HMAC-SHA256 over id, time and body). */
import { createHmac } from 'node:crypto'
import type { Ids } from '#core/ports.ts'

const mark = 'whsec_'

/** 256 bits, as receivers' libraries expect them: the mark, then base64. */
export const newVerificationKey = ({ token }: Pick<Ids, 'token'>): string =>
  mark + Buffer.from(token(), 'base64url').toString('base64')

/** `now`: milliseconds since 1970, of this transmission. A receiver refuses what is older than five minutes, so nothing can be replayed. */
export const signedHeaders = (verificationKey: string, id: string, body: string, now: number) => {
  const timestamp = String(Math.floor(now / 1000))
  const key = Buffer.from(verificationKey.slice(mark.length), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
}
