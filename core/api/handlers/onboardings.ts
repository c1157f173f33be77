/** Operations of the wizard for onboarding and renewal: where it stands, and its steps. */
import { Failure } from '#core/errors.ts'
import { activate, checkNextDocument, requestComplianceCsid } from '#core/workflow/onboarding/onboard.ts'
import { type Onboarding, onboardingOf } from '#core/workflow/onboarding/onboarding-state.ts'
import { requestRenewal } from '#core/workflow/onboarding/renew.ts'
import { unitOfCompany } from '#core/workflow/signing.ts'
import type { Doors, Member } from './doors.ts'
import type { Office } from './office.ts'
import { onboardingView } from './views.ts'

export const onboardingHandlers = ({ members: { onboardings } }: Doors) => ({
  get: onboardings.get.handler(async ({ input, context: { office } }) =>
    onboardingView(office, await onboardingOf(office.storage.read, input.unitId, input.giveUp)),
  ),
  rehearsalOtp: onboardings.rehearsalOtp.handler(async ({ input, context: { office } }) => {
    const { unit, company } = await unitOfCompany(office.storage.read, input.unitId)
    if (unit.environment !== 'PRACTICE' || office.rehearsal === undefined) {
      throw new Failure('unit/environment', { details: { environment: unit.environment } })
    }
    return office.rehearsal.otp(company.vatNumber)
  }),
  requestCsid: onboardings.requestCsid.handler(({ input, context }) => step(requestComplianceCsid, input, context)),
  renew: onboardings.renew.handler(({ input, context }) => step(requestRenewal, input, context)),
  check: onboardings.check.handler(({ input, context }) => step(checkNextDocument, input, context)),
  activate: onboardings.activate.handler(({ input, context }) => step(activate, input, context)),
})

const step = async <Input>(
  take: (office: Office, input: Input & { readonly actor: string }) => Promise<Onboarding>,
  input: Input,
  { office, user }: Member,
) => onboardingView(office, await take(office, { ...input, actor: user.id }))
