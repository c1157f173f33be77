/** Operations on keys and certificates: the overview of the office, and everything of one company. */
import { certificateAdviceTexts, certificateUseTexts, expiryWarningTexts } from '#core/messages/certificates.ts'
import { type CertificateEntry, certificatesOf, expiriesByUrgency } from '#core/workflow/onboarding/certificates.ts'
import type { Doors } from './doors.ts'

export const certificateHandlers = ({ members: { certificates } }: Doors) => ({
  overview: certificates.overview.handler(async ({ context: { office } }) =>
    (await expiriesByUrgency(office)).map(({ warning, ...entry }) => ({
      ...entry,
      level: warning,
      warning: warning && expiryWarningTexts[warning],
    })),
  ),
  list: certificates.list.handler(async ({ input, context: { office } }) =>
    (await certificatesOf(office, input.companyId)).map(entryView),
  ),
})

const entryView = ({ keyId: _keyId, certificate, ...entry }: CertificateEntry) => ({
  ...entry,
  words: {
    use: certificateUseTexts[entry.use],
    advice: certificateAdviceTexts[entry.advice],
    warning: certificate?.warning && expiryWarningTexts[certificate.warning],
  },
  certificate: certificate && certificateView(certificate),
})

const certificateView = ({ warning, ...certificate }: NonNullable<CertificateEntry['certificate']>) => ({
  ...certificate,
  level: warning,
})
