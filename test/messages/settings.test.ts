/** What can be chosen on the screen is what the settings allow, and the default is among it. */
import { describe, expect, it } from 'vitest'
import { type SettingTexts, settingTexts } from '#core/messages/settings.ts'
import { isSettingName, settings } from '#core/workflow/settings.ts'

const texts: Readonly<Record<string, SettingTexts>> = settingTexts

describe.each(Object.keys(settings).filter(isSettingName))('%s', (name) => {
  const { value, allows } = settings[name]
  const { choices, unit, title, sourceInArabic } = texts[name] ?? {}

  it('offers what it allows, the default among it, or counts something', () => {
    const values: readonly unknown[] = choices?.map((choice) => choice.value) ?? [value]
    expect(values).toContain(value)
    expect(values.filter((one) => !allows(one))).toEqual([])
    expect(choices === undefined).toBe(unit !== undefined)
  })

  it('is written in both languages', () => {
    for (const arabic of [title?.ar, sourceInArabic, ...(choices ?? []).map(({ words }) => words.ar)])
      expect(arabic).toMatch(/\p{Script=Arabic}/u)
    expect(title?.en).not.toMatch(/\p{Script=Arabic}/u)
  })
})
