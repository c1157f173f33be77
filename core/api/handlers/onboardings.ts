/** Operations of the wizard for onboarding and renewal: where it stands, and its steps. */
import { Failure } from '#core/errors.ts'
import { activate, checkNextDocument, requestComplianceCsid } from '#core/workflow/onboarding/onboard.ts'
import { type Onboarding, onboardingOf } from '#core/workflow/onboarding/onboarding-state.ts'
import { requestRenewal } from '#core/workflow/onboarding/renew.ts'
import { unitOfCompany } from '#core/workflow/signing.ts'
import type { Doors } from './doors.ts'
import type { Office } from './office.ts'
import { onboardingView } from './views.ts'

export const onboardingHandlers = ({ members: { onboardings } }: Doors, office: Office) => {
  const { read } = office.storage
  const view = (onboarding: Onboarding) => onboardingView(office, onboarding)
  return {
    get: onboardings.get.handler(async ({ input }) => view(await onboardingOf(read, input.unitId, input.giveUp))),
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
    renew: onboardings.renew.handler(async ({ input, context }) =>
      view(await requestRenewal(office, { ...input, actor: context.user.id })),
    ),
    check: onboardings.check.handler(async ({ input, context }) =>
      view(await checkNextDocument(office, { ...input, actor: context.user.id })),
    ),
    activate: onboardings.activate.handler(async ({ input, context }) =>
      view(await activate(office, { ...input, actor: context.user.id })),
    ),
  }
}
