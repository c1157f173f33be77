/** An office with many clients, made over HTTP as people make it: a company and a unit for each client, onboarded on the practice gateway. */

import { companyInput, unitInput } from '../test/api/drafts.ts'
import type { callerAt } from '../test/server/load.ts'

type Caller = ReturnType<typeof callerAt>

/** Onboardings under way at a time: each waits mostly for the gateway. */
const AT_ONCE = 4

/** One chain for each client; the units in the order of the clients. */
export const openClients = async (caller: Caller, count: number): Promise<readonly string[]> => {
  const units: string[] = []
  let next = 0
  const opener = async (): Promise<void> => {
    while (next < count) {
      const client = next++
      units[client] = await openClient(caller, client)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, opener))
  return units
}

const openClient = async ({ asked }: Caller, client: number): Promise<string> => {
  const vatNumber = `3${String(client + 1).padStart(9, '0')}00003`
  const company = await asked('POST', '/companies', {
    ...companyInput,
    name: `${companyInput.name} ${client + 1}`,
    vatNumber,
  })
  const unit = await asked('POST', `/companies/${company['id']}/units`, unitInput)
  const onboarding = `/units/${unit['id']}/onboarding`
  let state = await asked('POST', `${onboarding}/csid`, { otp: '123456' })
  while (state['next'] === 'check') state = await asked('POST', `${onboarding}/check`, {})
  await asked('POST', `${onboarding}/activation`, {})
  return String(unit['id'])
}
