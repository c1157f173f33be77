/** The people of the office and their passwords. */
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { roles } from '../../vocabulary.ts'
import { id, scope, user } from './shapes.ts'

const member = user.extend({
  createdAt: z.string(),
  active: z.boolean(),
  /** Until when signing in is refused after too many wrong passwords */
  lockedUntil: z.string().optional(),
  /** Who it is at the office's own sign-in service */
  subject: z.string().optional(),
})

const tags = ['users']

export const users = {
  list: oc.route({ method: 'GET', path: '/users', summary: 'Everybody with an account', tags }).output(z.array(member)),
  add: oc
    .route({ method: 'POST', path: '/users', summary: 'Add a user; the password has to be changed at first', tags })
    .input(
      z.strictObject({
        username: z.string(),
        name: z.string(),
        role: z.enum(roles),
        password: z.string(),
        /** Absent: those of whoever adds the user */
        companies: scope.optional(),
      }),
    )
    .output(member),
  change: oc
    .route({
      method: 'PATCH',
      path: '/users/{id}',
      summary: 'Change name, role or companies, or let nobody in any more',
      tags,
    })
    .input(
      z.strictObject({
        id,
        name: z.string().optional(),
        role: z.enum(roles).optional(),
        active: z.boolean().optional(),
        /** Who it is at the office's own sign-in service (`sub`); null: nobody */
        subject: z.string().min(1).nullable().optional(),
        companies: scope.optional(),
      }),
    )
    .output(member),
  resetTotp: oc
    .route({
      method: 'POST',
      path: '/users/{id}/totp/removal',
      summary: 'Remove a second factor; all sessions end',
      tags,
    })
    .input(z.strictObject({ id }))
    .output(z.object({ reset: z.literal(true) })),
  resetPassword: oc
    .route({ method: 'POST', path: '/users/{id}/password', summary: 'Set a new password; all sessions end', tags })
    .input(z.strictObject({ id, password: z.string() }))
    .output(z.object({ reset: z.literal(true) })),
}
