/** One disputed point: what is decided, the default, where it comes from; a value that may be changed is changed in place. */
import { NativeSelect, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { riyadhTime } from '../../components/dates.ts'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { isolated } from '../../i18n/isolated.ts'
import { usePreferences } from '../../preferences.tsx'
import { meQuery, type Setting, useRefresh } from '../../queries.ts'

export function SettingRow({ setting }: { setting: Setting }) {
  const { language, texts } = usePreferences()
  const { title, source, changedBy, chosen } = setting
  const inWords = useValueInWords(setting)
  return (
    <tr>
      <th scope="row">
        {title[language]}
        {chosen === undefined ? null : (
          <p className="dim">{texts.settings.chosen(isolated(chosen.by), isolated(riyadhTime(chosen.at)))}</p>
        )}
      </th>
      <td>
        <Value setting={setting} />
      </td>
      <td>{inWords(setting.default)}</td>
      <td className="dim">{source[language]}</td>
      <td>{texts.settings.who[changedBy]}</td>
    </tr>
  )
}

const useValueInWords = ({ choices, unit }: Setting) => {
  const { language } = usePreferences()
  return (value: Setting['value']): string => {
    const words = choices?.find((choice) => choice.value === value)?.words[language]
    return words ?? [String(value), unit?.[language]].filter(Boolean).join(' ')
  }
}

function Value({ setting }: { setting: Setting }) {
  const { language } = usePreferences()
  const refresh = useRefresh()
  const role = useQuery(meQuery).data?.role
  const inWords = useValueInWords(setting)
  const { name, title, value, choices, changedBy } = setting
  const change = useMutation({
    mutationFn: (next: Setting['value']) => api.settings.change({ name, value: next }),
    onSuccess: () => refresh('settings'),
  })
  const mayChange = role === 'owner' || (role === 'admin' && changedBy === 'admin')
  if (changedBy === 'nobody' || !mayChange) return inWords(value)
  return (
    <>
      {choices === undefined ? (
        <TextInput
          key={String(value)}
          aria-label={title[language]}
          defaultValue={String(value)}
          inputMode="decimal"
          rightSection={<span className="dim">{setting.unit?.[language]}</span>}
          rightSectionWidth={72}
          disabled={change.isPending}
          onBlur={({ currentTarget }) => {
            if (currentTarget.value !== String(value)) change.mutate(Number(currentTarget.value))
          }}
        />
      ) : (
        <NativeSelect
          aria-label={title[language]}
          value={String(value)}
          disabled={change.isPending}
          onChange={({ currentTarget }) => {
            const chosen = choices.find((choice) => String(choice.value) === currentTarget.value)
            if (chosen !== undefined) change.mutate(chosen.value)
          }}
          data={choices.map((choice) => ({ value: String(choice.value), label: choice.words[language] }))}
        />
      )}
      <FailureNotice error={change.error} brief />
    </>
  )
}
