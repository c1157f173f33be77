/** Operations of the onboarding wizard: where it stands, and its three steps. */
import { Failure } from '#core/errors.ts'
import { activate, checkNextDocument, requestComplianceCsid } from '#core/workflow/onboard.ts'
import { type Onboarding, onboardingOf } from '#core/workflow/onboarding-state.ts'
import { unitOfCompany } from '#core/workflow/signing.ts'
import type { Doors } from './doors.ts'
import type { Office } from './office.ts'
import { onboardingView } from './views.ts'

export const onboardingHandlers = ({ members: { onboardings } }: Doors, office: Office) => {
  const { read } = office.storage
  const view = (onboarding: Onboarding) => onboardingView(read, onboarding)
  return {
    get: onboardings.get.handler(async ({ input }) => view(await onboardingOf(read, input.unitId))),
    rehearsalOtp: onboardings.rehearsalOtp.handler(async ({ input }) => {
      const { unit, company } = await unitOfCompany(read, input.unitId)
      if (unit.environment !== 'PRACTICE' || office.rehearsal === undefined) {
        throw new Failure('unit/environment', { details: { environment: unit.environment } })
      }
      return office.rehearsal.otp(company.vatNumber)
    }),
    requestCsid: onboardings.requestCsid.handler(async ({ input, context }) =>
      view(await requestComplianceCsid(office, { ...input, actor: context.user.id })),
    ),
    check: onboardings.check.handler(async ({ input, context }) =>
      view(await checkNextDocument(office, { ...input, actor: context.user.id })),
    ),
    activate: onboardings.activate.handler(async ({ input, context }) =>
      view(await activate(office, { ...input, actor: context.user.id })),
    ),
  }
}
