/** Who may come in: first account, sign-in, sign-out. */
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { user } from './shapes.ts'

/** `token` is absent when the shell keeps it out of the page's reach: in a cookie, or in the desktop's main process. */
const session = z.object({ user, token: z.string().optional(), expiresAt: z.string() })

export const access = {
  setUp: oc
    .route({
      method: 'POST',
      path: '/setup',
      summary: 'Create the first account; refused when one exists',
      tags: ['access'],
    })
    .input(
      z.strictObject({
        username: z.string(),
        name: z.string(),
        password: z.string(),
        /** What the server printed when it started; a desktop needs none */
        token: z.string().optional(),
      }),
    )
    .output(session),
  signIn: oc
    .route({ method: 'POST', path: '/sessions', summary: 'Sign in', tags: ['access'] })
    .input(
      z.strictObject({
        username: z.string(),
        password: z.string(),
        /** Of the second factor, asked for by `access/code-needed` */
        code: z.string().optional(),
      }),
    )
    .output(session),
  signOut: oc
    .route({ method: 'DELETE', path: '/sessions/current', summary: 'Sign out', tags: ['access'] })
    .output(z.object({ signedOut: z.literal(true) })),
  changePassword: oc
    .route({
      method: 'PUT',
      path: '/me/password',
      summary: 'Change the own password; other sessions end',
      tags: ['access'],
    })
    .input(z.strictObject({ current: z.string(), next: z.string() }))
    .output(user),
  offerTotp: oc
    .route({
      method: 'POST',
      path: '/me/totp',
      summary: 'Begin a second factor: a secret for an app',
      tags: ['access'],
    })
    .input(z.strictObject({ password: z.string() }))
    .output(z.object({ text: z.string(), uri: z.string() })),
  confirmTotp: oc
    .route({
      method: 'PUT',
      path: '/me/totp',
      summary: 'Confirm the second factor with its first code; other sessions end',
      tags: ['access'],
    })
    .input(z.strictObject({ code: z.string() }))
    .output(user),
  removeTotp: oc
    .route({ method: 'POST', path: '/me/totp/removal', summary: 'Remove the second factor', tags: ['access'] })
    .input(z.strictObject({ password: z.string() }))
    .output(user),
  me: oc.route({ method: 'GET', path: '/me', summary: 'Who is signed in', tags: ['access'] }).output(user),
}
