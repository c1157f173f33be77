/** Keys for programs: the accounting system of a client, a till, a script of the office. */
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { roles } from '../../vocabulary.ts'
import { id, instant } from './shapes.ts'

const tags = ['api-keys']

const apiKey = z.object({
  id,
  name: z.string(),
  /** Its first characters; the rest is nowhere */
  prefix: z.string(),
  role: z.enum(roles),
  /** Absent: all */
  companies: z.array(id).optional(),
  createdAt: instant,
  createdBy: z.string(),
  /** Absent: until it is revoked */
  expiresAt: instant.optional(),
  /** To the minute */
  lastUsedAt: instant.optional(),
  revokedAt: instant.optional(),
  state: z.enum(['valid', 'expired', 'revoked']),
})

export const apiKeys = {
  list: oc
    .route({ method: 'GET', path: '/api-keys', summary: 'Keys of programs, newest first, revoked ones too', tags })
    .output(z.array(apiKey)),
  create: oc
    .route({
      method: 'POST',
      path: '/api-keys',
      summary: 'Make a key for a program; the answer is the only place where it is ever shown',
      tags,
    })
    .input(
      z.strictObject({
        name: z.string().max(100),
        /** Never `owner`, never above the role of who makes it */
        role: z.enum(roles),
        /** Absent: all that the maker may see */
        companies: z.array(id).min(1).max(1000).optional(),
        expiresAt: z.iso.datetime({ offset: true }).optional(),
      }),
    )
    .output(apiKey.extend({ apiKey: z.string() })),
  revoke: oc
    .route({ method: 'DELETE', path: '/api-keys/{id}', summary: 'The key opens nothing any more', tags })
    .input(z.strictObject({ id }))
    .output(apiKey),
}
