/** Operations on the settings for disputed points. */
import { Failure } from '#core/errors.ts'
import { type SettingTexts, settingTexts } from '#core/messages/settings.ts'
import type { Reader } from '#core/ports.ts'
import { changeSetting, isSettingName, type SettingName, settings, settingsOf } from '#core/workflow/settings.ts'
import { actorsOf, nameOf } from './actors.ts'
import type { Doors } from './doors.ts'

export const settingHandlers = ({ members }: Doors) => ({
  list: members.settings.list.handler(({ context: { office } }) => settingViews(office.storage.read)),
  change: members.settings.change.handler(async ({ input, context: { office, user } }) => {
    await changeSetting(office, { ...input, actor: user.id, role: user.role })
    const views = await settingViews(office.storage.read)
    const changed = views.find(({ name }) => name === input.name)
    if (changed === undefined) throw new Failure('setting/not-found', { details: { name: input.name } })
    return changed
  }),
})

const texts: Readonly<Record<SettingName, SettingTexts>> = settingTexts

const settingViews = async (read: Reader) => {
  const [inForce, stored, actors] = await Promise.all([settingsOf(read), read.settings(), actorsOf(read)])
  return Object.keys(settings)
    .filter(isSettingName)
    .map((name) => {
      const { value: standard, changedBy, source } = settings[name]
      const { title, sourceInArabic, unit, choices } = texts[name]
      const chosen = changedBy === 'nobody' ? undefined : stored.find((one) => one.name === name)
      return {
        name,
        title,
        value: inForce[name],
        default: standard,
        choices: choices && [...choices],
        unit,
        source: { en: source, ar: sourceInArabic },
        changedBy,
        chosen: chosen && { at: chosen.changedAt, by: nameOf(chosen.changedBy, actors) },
      }
    })
}
