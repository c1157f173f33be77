/** State filter and search above the list. */
import { NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { documentStateTexts } from '#core/messages/index.ts'
import { type DocumentState, documentStates } from '#core/vocabulary.ts'
import { usePreferences } from '../../preferences.tsx'

interface Props {
  readonly state: DocumentState | undefined
  readonly setState: (state: DocumentState | undefined) => void
  readonly search: string
  readonly setSearch: (search: string) => void
}

const typingPause = 250

export function Filters({ state, setState, search, setSearch }: Props) {
  const { language, texts } = usePreferences()
  const [text, setText] = useState(search)
  const settle = useDebouncedCallback((value: string) => setSearch(value.trim()), typingPause)
  useEffect(() => setText(search), [search])
  return (
    <div className="filters">
      <TextInput
        aria-label={texts.documents.searchLabel}
        placeholder={texts.documents.searchPlaceholder}
        leftSection={<IconSearch size={16} stroke={1.6} />}
        value={text}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value)
          settle(currentTarget.value)
        }}
      />
      <NativeSelect
        aria-label={texts.documents.filter}
        value={state ?? ''}
        onChange={({ currentTarget }) => setState(documentStates.find((one) => one === currentTarget.value))}
        data={[
          { value: '', label: texts.common.all },
          ...documentStates.map((value) => ({ value, label: documentStateTexts[value].name[language] })),
        ]}
      />
    </div>
  )
}
