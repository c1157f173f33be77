/** Keys and certificates of the units: how long each holds and what to do about it. No operation gives a private key away. */
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { certificateAdvices, certificateUses, expiryWarningDays } from '../../vocabulary.ts'
import { bilingual, environment, id, instant } from './shapes.ts'

const tags = ['certificates']

const warning = z.union([z.literal('expired'), z.literal([...expiryWarningDays])])

/** One sentence about it, in both languages. */
const inWords = z.object({ warning: bilingual.optional() })

const overview = inWords.extend({
  companyId: id,
  unitId: id,
  unitName: z.string(),
  environment,
  csidId: id,
  notAfter: instant,
  /** Whole days; negative when it is over */
  daysLeft: z.number().int(),
  /** The most urgent step that is reached; absent while there is time */
  level: warning.optional(),
})

const entry = z.object({
  unitId: id,
  unitName: z.string(),
  environment,
  use: z.enum(certificateUses),
  advice: z.enum(certificateAdvices),
  words: inWords.extend({ use: bilingual, advice: bilingual }),
  /** SHA-256 of the public key, in hex */
  keyFingerprint: z.string(),
  /** Absent for a key that waits for its certificate */
  certificate: z
    .object({
      csidId: id,
      purpose: z.enum(['compliance', 'production']),
      /** The chain that it signs, or that its checks lead to */
      epoch: z.number().int(),
      serial: z.string(),
      subject: z.string(),
      issuer: z.string(),
      vatNumber: z.string().optional(),
      functionality: z.string().optional(),
      notBefore: instant,
      notAfter: instant,
      daysLeft: z.number().int(),
      level: warning.optional(),
    })
    .optional(),
})

export const certificates = {
  overview: oc
    .route({
      method: 'GET',
      path: '/certificates',
      summary: 'The certificate in use of every unit of every company, the one that ends soonest first',
      tags,
    })
    .output(z.array(overview)),
  list: oc
    .route({
      method: 'GET',
      path: '/companies/{companyId}/certificates',
      summary: 'Every key and certificate of a company with what each is there for and what to do about it',
      tags,
    })
    .input(z.strictObject({ companyId: id }))
    .output(z.array(entry)),
}
