/** The settings of the office's own sign-in service (OpenID Connect). */
import { z } from 'zod'
import type { Contradiction } from './config-problem.ts'

export const oidcSettings = {
  /** As the service names itself; what it can do is read from `/.well-known/openid-configuration` below */
  OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  /** A mounted file; a public client has none */
  OIDC_CLIENT_SECRET_FILE: z.string().optional(),
  /** `email`: an account whose user name is the verified address belongs to whoever signs in with it first */
  OIDC_MATCH: z.enum(['assigned', 'email']).default('assigned'),
}

const schema = z.object(oidcSettings)
type OidcSettings = z.infer<typeof schema> & {
  readonly ENVIRONMENT_NAME: string
  readonly PUBLIC_URL?: string | undefined
}

export interface OidcConfig {
  readonly issuer: string
  readonly clientId: string
  readonly secretFile: string | undefined
  readonly byEmail: boolean
}

export const oidcOf = (is: OidcSettings): OidcConfig | undefined =>
  is.OIDC_ISSUER === undefined
    ? undefined
    : {
        issuer: is.OIDC_ISSUER,
        clientId: is.OIDC_CLIENT_ID ?? '',
        secretFile: is.OIDC_CLIENT_SECRET_FILE,
        byEmail: is.OIDC_MATCH === 'email',
      }

export const oidcContradictions: readonly Contradiction<[OidcSettings]>[] = [
  {
    setting: 'OIDC_CLIENT_ID',
    applies: (is) => (is.OIDC_ISSUER === undefined) !== (is.OIDC_CLIENT_ID === undefined),
    message:
      'A sign-in service needs both: its address in OIDC_ISSUER and the name of this server there in OIDC_CLIENT_ID.',
    message_ar: 'تحتاج خدمة الدخول إلى أمرين معًا: عنوانها في OIDC_ISSUER واسم هذا الخادم لديها في OIDC_CLIENT_ID.',
  },
  {
    setting: 'PUBLIC_URL',
    applies: (is) => is.OIDC_ISSUER !== undefined && is.PUBLIC_URL === undefined,
    message: 'The sign-in service has to know where people come back to: set PUBLIC_URL.',
    message_ar: 'يجب أن تعرف خدمة الدخول العنوان الذي يعود إليه المستخدم: حدّد PUBLIC_URL.',
  },
  {
    setting: 'OIDC_ISSUER',
    applies: (is) => is.ENVIRONMENT_NAME === 'production' && (is.OIDC_ISSUER ?? '').startsWith('http:'),
    message: 'A production server speaks https with its sign-in service: change OIDC_ISSUER.',
    message_ar: 'يتصل خادم الإنتاج بخدمة الدخول عبر https: صحّح OIDC_ISSUER.',
  },
]
