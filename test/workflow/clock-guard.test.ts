/** The clock guard (G14): skew from ZATCA's answers, steps of the clock, and that nothing is issued with a wrong one. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openGateway } from '#core/gateway/gateway.ts'
import type { ClockWatch, Ports } from '#core/ports.ts'
import { auditClockStep, watchClock } from '#core/workflow/clock-guard.ts'
import { issueDocument } from '#core/workflow/issuing/issue.ts'
import { submitDocument } from '#core/workflow/sending/submit.ts'
import { changeSetting } from '#core/workflow/settings.ts'
import { startPractice } from '#practice/index.ts'
import { failureOf } from './failing.ts'
import { draft, openOffice, type TestOffice } from './office.ts'

const start = Date.parse('2026-03-01T10:00:00.000Z')

/** A clock that a person may set, and time that passes whatever it says. */
const machine = () => {
  const time = { running: 0, set: 0 }
  const clock = { now: () => start + time.running + time.set }
  const watch = watchClock(clock, () => time.running)
  /** An answer that took `ms` and was stamped in its middle by a clock without error */
  const answer = (ms = 200) => {
    time.running += ms
    const trueTime = start + time.running - ms / 2
    watch.heard(Math.floor(trueTime / 1000) * 1000, ms)
  }
  return { time, watch, answer }
}

describe('skew', () => {
  it('is unknown until two answers have told, and none when the clock is right', () => {
    const { watch, answer } = machine()
    expect(watch.skew()).toBeUndefined()
    answer()
    expect(watch.skew()).toBeUndefined()
    answer(45_000)
    expect(watch.skew()).toBe(0)
  })

  it.each([90_000, -90_000])('of %d ms is told to the second', (error) => {
    const { time, watch, answer } = machine()
    time.set = error
    watch.stepped()
    answer()
    answer()
    expect(Math.abs((watch.skew() ?? 0) - error)).toBeLessThanOrEqual(1200)
  })

  it('is not believed of one answer that stands alone', () => {
    const { time, watch, answer } = machine()
    answer()
    watch.heard(start + time.running - 3_600_000, 100)
    expect(watch.skew()).toBe(0)
  })

  it('is forgotten when the clock is set: the next answers tell anew', () => {
    const { time, watch, answer } = machine()
    time.set = 120_000
    watch.stepped()
    answer()
    answer()
    expect(watch.skew()).toBeGreaterThan(60_000)
    time.set = 0
    expect(watch.skew()).toBeUndefined()
  })
})

describe('a step of the clock', () => {
  it('is noticed once, forward and back', () => {
    const { time, watch } = machine()
    time.running += 5000
    expect(watch.stepped()).toBeUndefined()
    time.set = -600_000
    expect(watch.stepped()).toBe(-600_000)
    expect(watch.stepped()).toBeUndefined()
    time.set = 0
    expect(watch.stepped()).toBe(600_000)
  })

  it('is not what a clock gains by itself', () => {
    const { time, watch } = machine()
    for (let second = 0; second < 10_000; second += 1) {
      time.running += 1000
      time.set += 1
      expect(watch.stepped()).toBeUndefined()
    }
  })
})

describe('issuing', () => {
  let office: TestOffice
  let unitId: string
  let clockWatch: ClockWatch
  let ports: Ports
  beforeAll(async () => {
    office = await openOffice()
    unitId = (await office.readyUnit()).id
  })
  beforeEach(() => {
    office.clock.shift = 0
    clockWatch = watchClock(office.clock)
    ports = { ...office.ports, clockWatch }
  })
  afterAll(() => office.close())

  const issue = (idempotencyKey: string) =>
    issueDocument(ports, { unitId, draft: draft({ profile: 'simplified' }), idempotencyKey, actor: 'tester' })

  const gatewayAhead = async (seconds: number): Promise<Ports> => {
    const practice = await startPractice({ now: () => Date.now() - seconds * 1000 })
    const url = practice.baseUrls.practice
    const gateway = openGateway('PRACTICE', { url, onServerTime: clockWatch.heard })
    for (let call = 0; call < 2; call += 1) await gateway.complianceCsid('no request', '000000')
    await practice.close()
    return { ...ports, gateway: () => gateway }
  }

  it('goes on while nobody has told anything, and when ZATCA agrees', async () => {
    await issue('no-answers')
    await gatewayAhead(0)
    expect(clockWatch.skew()).toBe(0)
    await issue('agreed')
  })

  it('is refused with more than a minute between the clocks, and nothing is numbered', async () => {
    const { id } = await issue('before')
    await gatewayAhead(75)
    const before = await ports.storage.read.activeChain(unitId)
    const failure = await failureOf(issue('skewed'))
    expect(failure.code).toBe('clock/skewed')
    expect(failure.details).toMatchObject({ allowed: 60 })
    expect((await ports.storage.read.activeChain(unitId))?.lastIcv).toBe(before?.lastIcv)
    expect((await submitDocument(ports, id)).state).toBe('reported')
  })

  it('follows the setting of the office', async () => {
    await gatewayAhead(75)
    await changeSetting(ports, { name: 'clockSkewSeconds', value: 120, actor: 'tester', role: 'admin' })
    await issue('allowed')
    await changeSetting(ports, { name: 'clockSkewSeconds', value: 60, actor: 'tester', role: 'admin' })
    expect((await failureOf(issue('no-longer'))).code).toBe('clock/skewed')
  })

  it('leaves a step of the clock in the audit log', async () => {
    await auditClockStep(ports)
    office.clock.shift = -3_600_000
    await auditClockStep(ports)
    await auditClockStep(ports)
    const entries = await ports.storage.read.audit('clock')
    expect(entries.map(({ action, details }) => [action, details['seconds']])).toEqual([['clock/stepped', -3600]])
  })
})
