/** The office's clients, their units, and the way of a unit to its production CSID. */
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { company, companyInput, id, onboarding, proof, unit, unitInput } from './shapes.ts'

const byUnit = z.strictObject({ unitId: id })
/** The certificate to be replaced (`csidId` of the onboarding): as long as everything rests on it, an OTP comes next */
const giveUp = id.exactOptional()

export const companies = {
  list: oc
    .route({ method: 'GET', path: '/companies', summary: 'All companies the caller may see', tags: ['companies'] })
    .output(z.array(company)),
  create: oc
    .route({ method: 'POST', path: '/companies', summary: 'Add a company', tags: ['companies'] })
    .input(companyInput)
    .output(company),
  update: oc
    .route({
      method: 'PUT',
      path: '/companies/{id}',
      summary: 'Change a company; issued documents keep what they carry',
      tags: ['companies'],
    })
    .input(companyInput.extend({ id }))
    .output(company),
}

export const units = {
  list: oc
    .route({
      method: 'GET',
      path: '/companies/{companyId}/units',
      summary: 'Units (EGS) of a company',
      tags: ['units'],
    })
    .input(z.strictObject({ companyId: id }))
    .output(z.array(unit)),
  create: oc
    .route({
      method: 'POST',
      path: '/companies/{companyId}/units',
      summary: 'Add a unit: its own key, CSID and chain',
      tags: ['units'],
    })
    .input(unitInput)
    .output(unit),
  verifyChain: oc
    .route({
      method: 'POST',
      path: '/units/{unitId}/chain/verification',
      summary: 'Walk the chain: counters, links, hashes, signatures',
      tags: ['units'],
    })
    .input(byUnit)
    .output(
      z.object({
        documents: z.number().int(),
        ok: z.boolean(),
        firstBroken: proof.extend({ icv: z.number().int() }).optional(),
      }),
    ),
}

export const onboardings = {
  get: oc
    .route({
      method: 'GET',
      path: '/units/{unitId}/onboarding',
      summary: 'Where onboarding or renewal stands and what comes next',
      tags: ['onboarding'],
    })
    .input(byUnit.extend({ giveUp }))
    .output(onboarding),
  rehearsalOtp: oc
    .route({
      method: 'POST',
      path: '/units/{unitId}/onboarding/rehearsal-otp',
      summary: 'An OTP from the practice gateway, for practice units only',
      tags: ['onboarding'],
    })
    .input(byUnit)
    .output(z.object({ otp: z.string(), validSeconds: z.number().int() })),
  requestCsid: oc
    .route({
      method: 'POST',
      path: '/units/{unitId}/onboarding/csid',
      summary: 'Make the key and CSR and spend the OTP on a compliance CSID',
      tags: ['onboarding'],
    })
    .input(byUnit.extend({ otp: z.string(), giveUp }))
    .output(onboarding),
  renew: oc
    .route({
      method: 'POST',
      path: '/units/{unitId}/onboarding/renewal',
      summary: 'Spend an OTP on renewing the certificate: new key, new chain; the unit goes on issuing meanwhile',
      tags: ['onboarding'],
    })
    .input(byUnit.extend({ otp: z.string(), giveUp: id }))
    .output(onboarding),
  check: oc
    .route({
      method: 'POST',
      path: '/units/{unitId}/onboarding/check',
      summary: 'Send the next open compliance document',
      tags: ['onboarding'],
    })
    .input(byUnit)
    .output(onboarding),
  activate: oc
    .route({
      method: 'POST',
      path: '/units/{unitId}/onboarding/activation',
      summary: 'Fetch the production CSID and open the chain',
      tags: ['onboarding'],
    })
    .input(byUnit)
    .output(onboarding),
}
