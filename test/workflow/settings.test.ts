/** Settings on every engine: defaults, what the office may choose, and that a choice is checked, audited and in force at once. */
import { beforeEach, describe, expect, it, test } from 'vitest'
import type { Storage } from '#core/ports.ts'
import { type Role, roles } from '#core/vocabulary.ts'
import { judgeSale } from '#core/workflow/issuing/check-sale.ts'
import { changeSetting, isSettingName, type SettingName, settings, settingsOf } from '#core/workflow/settings.ts'
import { describeEngines } from '../storage/engines.ts'
import { aCompany, PAST } from '../storage/records.ts'
import { failureOf } from './failing.ts'
import { draft } from './office.ts'

const names = Object.keys(settings).filter(isSettingName)
const clock = { now: () => Date.parse('2026-03-01T10:00:00.000Z') }

describe('the table', () => {
  it.each(names)('%s: its default is one of its values', (name) => {
    expect(settings[name].allows(settings[name].value)).toBe(true)
    expect(settings[name].allows(undefined)).toBe(false)
    expect(settings[name].allows({ value: 1 })).toBe(false)
  })
})

await describeEngines('settings', (engine) => {
  let storage: Storage
  beforeEach(async () => {
    storage = await (await engine.create()).open()
    return () => storage.close()
  })

  const change = (name: string, value: unknown, role: Role = 'admin') =>
    changeSetting({ storage, clock }, { name, value, actor: 'tester', role })

  test('without a choice every default is in force', async () => {
    const inForce = await settingsOf(storage.read)
    for (const name of names) expect(inForce[name]).toBe(settings[name].value)
    expect(Object.keys(inForce).sort()).toEqual([...names].sort())
  })

  test('a choice is in force in the next transaction, and audited with what was before', async () => {
    await change('selfBilledCertificate', 'buyer')
    await change('selfBilledCertificate', 'seller')
    await change('transactionCodeDigits', 9)
    expect(await storage.write((tx) => settingsOf(tx))).toMatchObject({
      selfBilledCertificate: 'seller',
      transactionCodeDigits: 9,
    })
    const history = await storage.read.audit('setting/selfBilledCertificate')
    expect(history.map(({ actor, details }) => [actor, details['before'], details['value']])).toEqual([
      ['tester', 'either', 'buyer'],
      ['tester', 'buyer', 'seller'],
    ])
  })

  test('it changes what is issued', async () => {
    await change('transactionCodeDigits', 9)
    const judged = judgeSale({ clock }, aCompany(), draft(), await settingsOf(storage.read))
    expect(JSON.stringify(judged.invoice.invoiceTypeCode)).toMatch(/"\d{9}"/)
  })

  test.each([
    ['nonsense', 1, 'setting/not-found'],
    ['toString', 1, 'setting/not-found'],
    ['pihAfterRenewal', 'continue', 'setting/fixed'],
    ['unknownOutcomeHours', 23, 'setting/fixed'],
    ['selfBilledCertificate', 'nobody', 'setting/invalid'],
    ['transactionCodeDigits', '9', 'setting/invalid'],
    ['transactionCodeDigits', 10, 'setting/invalid'],
    ['clockSkewSeconds', 5, 'setting/invalid'],
    ['clockSkewSeconds', Number.NaN, 'setting/invalid'],
  ] as const)('%s = %j is refused (%s) and nothing is stored', async (name, value, code) => {
    expect((await failureOf(change(name, value))).code).toBe(code)
    expect(await storage.read.settings()).toEqual([])
  })

  test('who may not choose changes nothing, whichever door he came through', async () => {
    for (const role of roles.filter((one) => one !== 'owner' && one !== 'admin'))
      expect((await failureOf(change('selfBilledCertificate', 'buyer', role))).code).toBe('access/forbidden')
    expect(await storage.read.settings()).toEqual([])
    await change('selfBilledCertificate', 'buyer', 'owner')
    expect(await settingsOf(storage.read)).toMatchObject({ selfBilledCertificate: 'buyer' })
  })

  test('what cannot be chosen any more does not hold, whatever is stored', async () => {
    const stored: readonly [SettingName, unknown][] = [
      ['selfBilledCertificate', 'somebody'],
      ['unknownOutcomeHours', 100],
    ]
    for (const [name, value] of stored) {
      await storage.write((tx) => tx.saveSetting({ name, value, changedAt: PAST, changedBy: 'release' }))
    }
    expect(await settingsOf(storage.read)).toMatchObject({ selfBilledCertificate: 'either', unknownOutcomeHours: 23.5 })
  })
})
