/** Sending at once: settled when the answer comes in time, left to the outbox when it does not, never sent twice. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendNow } from '#core/api/handlers/send-now.ts'
import { createCompany } from '#core/office/companies.ts'
import { createUnit } from '#core/office/units.ts'
import { issueDocument } from '#core/workflow/issuing/issue.ts'
import { onboard } from '#core/workflow/onboarding/onboard.ts'
import { companyInput, simplifiedSale, unitInput } from './drafts.ts'
import { openTestOffice, type TestOffice } from './office.ts'

const actor = 'test'

describe('sendNow', () => {
  let test: TestOffice
  let unitId = ''

  beforeAll(async () => {
    test = await openTestOffice()
    const { office } = test.running
    const company = await createCompany(office, { ...companyInput, actor })
    const unit = await createUnit(office, { ...unitInput, companyId: company.id, actor })
    const { otp = '' } = (await office.rehearsal?.otp(company.vatNumber)) ?? {}
    await onboard(office, { unitId: unit.id, actor, otp })
    unitId = unit.id
  })
  afterAll(() => test.close())

  const issue = async (number: string): Promise<string> => {
    const request = { unitId, draft: { ...simplifiedSale, number }, idempotencyKey: `key-${number}`, actor }
    return (await issueDocument(test.running.office, request)).id
  }
  const read = () => test.running.office.storage.read

  it('waits for the answer, also when the outbox or a second caller was faster', async () => {
    const id = await issue('B-1')
    const send = async () => {
      await sendNow(test.running.office, id)
      return (await read().documentStatus(id))?.state
    }
    expect(await Promise.all([send(), send()])).toEqual(['reported', 'reported'])
    expect(await read().attempts(id)).toHaveLength(1)
  })

  it('gives up waiting after 8 seconds, and the document goes on by itself', async () => {
    await test.steer('faults', { fault: 'slow', ms: 13_000, endpoint: 'reporting', times: 1 })
    const id = await issue('B-2')
    const began = performance.now()
    await sendNow(test.running.office, id)
    const seconds = (performance.now() - began) / 1000
    expect(seconds).toBeGreaterThan(7.9)
    expect(seconds).toBeLessThan(12)
    expect((await read().documentStatus(id))?.state).toBe('sending')
    await expect.poll(async () => (await read().documentStatus(id))?.state, { timeout: 15_000 }).toBe('reported')
  })
})
