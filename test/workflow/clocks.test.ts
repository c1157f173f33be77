/** The 24-hour clocks of simplified documents: levels at 12, 18, 22 and 24 hours, and that a late one is still sent. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issueDocument } from '#core/workflow/issuing/issue.ts'
import { reportingClock } from '#core/workflow/sending/clocks.ts'
import { submitDue } from '#core/workflow/sending/outbox.ts'
import { draft, openOffice, type TestOffice } from './office.ts'

const hour = 3_600_000
const issued = Date.parse('2026-03-01T10:00:00.000Z')
const deadlineAt = '2026-03-02T10:00:00.000Z'

describe('the clock of a simplified document', () => {
  it.each([
    [0, 'calm', 12],
    [12 * hour - 1, 'calm', 12],
    [12 * hour, 'warn', 18],
    [18 * hour - 1, 'warn', 18],
    [18 * hour, 'alert', 22],
    [22 * hour - 1, 'alert', 22],
    [22 * hour, 'urgent', 24],
    [24 * hour - 1, 'urgent', 24],
    [24 * hour, 'late', undefined],
    [90 * hour, 'late', undefined],
  ] as const)('%d ms after issue is %s', (age, level, next) => {
    const clock = reportingClock(deadlineAt, issued + age)
    expect(clock.level).toBe(level)
    expect(clock.nextLevelAt).toBe(next === undefined ? undefined : issued + next * hour)
    expect(clock.secondsLeft).toBe(Math.floor((24 * hour - age) / 1000))
  })

  it('has not begun while the issue time lies ahead (an imported sale, another machine)', () => {
    expect(reportingClock(deadlineAt, issued - hour)).toMatchObject({ level: 'calm', secondsLeft: 25 * 3600 })
  })
})

describe('a late document', () => {
  let office: TestOffice
  beforeAll(async () => {
    office = await openOffice()
  })
  afterAll(() => office.close())

  it('is sent all the same', async () => {
    const unit = await office.readyUnit()
    const wanted = draft({ profile: 'simplified' })
    const request = { unitId: unit.id, draft: wanted, idempotencyKey: 'late', actor: 'tester' }
    const { id } = await issueDocument(office.ports, request)
    office.clock.shift = 30 * hour
    const before = await office.ports.storage.read.documentStatus(id)
    expect(reportingClock(before?.outbox?.deadlineAt ?? '', office.clock.now()).level).toBe('late')
    await submitDue(office.ports)
    expect((await office.ports.storage.read.documentStatus(id))?.state).toBe('reported')
  })
})
