/** Ctrl+K: one field for commands, companies and documents; the same list, narrowed, switches the company. */
import { Modal, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { api } from '../api.ts'
import { commands, useCommands } from '../commands.tsx'
import { Keys } from '../components/keys.tsx'
import { StateBadge } from '../components/state-badge.tsx'
import { goTo } from '../place.ts'
import { useTexts } from '../preferences.tsx'
import { useWorkspace } from '../workspace.tsx'
import { matches } from './matching.ts'

export type PaletteMode = 'everything' | 'companies'

interface Entry {
  readonly key: string
  readonly group: string
  readonly label: string
  readonly aside: ReactNode
  readonly run: () => void
}

interface Props {
  readonly mode: PaletteMode | undefined
  readonly close: () => void
}

export function Palette({ mode, close }: Props) {
  const texts = useTexts()
  return (
    <Modal
      opened={mode !== undefined}
      onClose={close}
      withCloseButton={false}
      size={620}
      padding={0}
      yOffset="12vh"
      attributes={{ content: { 'aria-label': texts.palette.title } }}
    >
      {mode === undefined ? null : <PaletteBody mode={mode} close={close} />}
    </Modal>
  )
}

function PaletteBody({ mode, close }: { mode: PaletteMode; close: () => void }) {
  const texts = useTexts()
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const entries = useEntries(mode, text)
  const current = Math.min(active, entries.length - 1)
  const run = (entry: Entry | undefined) => {
    if (entry === undefined) return
    close()
    entry.run()
  }
  const pressed = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) setActive((current + step + entries.length) % Math.max(1, entries.length))
    else if (event.key === 'Enter') run(entries[current])
    else return
    event.preventDefault()
  }
  return (
    <>
      <TextInput
        className="palette-field"
        size="md"
        variant="unstyled"
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-label={texts.palette.title}
        placeholder={texts.palette.placeholder}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setActive(0)
        }}
        onKeyDown={pressed}
      />
      <div id="palette-list" className="palette-list" role="listbox" aria-label={texts.palette.title}>
        {entries.length === 0 ? <p className="dim">{texts.palette.empty}</p> : null}
        {entries.map((entry, index) => (
          <div key={entry.key}>
            {entries[index - 1]?.group === entry.group ? null : <div className="palette-group">{entry.group}</div>}
            <div
              role="option"
              tabIndex={-1}
              aria-selected={index === current}
              className="palette-entry"
              onMouseMove={() => setActive(index)}
              onClick={() => run(entry)}
              onKeyDown={pressed}
            >
              <span>{entry.label}</span>
              {entry.aside}
            </div>
          </div>
        ))}
      </div>
    </>
  )
}

const useEntries = (mode: PaletteMode, text: string): readonly Entry[] => {
  const companies = useCompanyEntries(text)
  const actions = useCommandEntries(text)
  const documents = useDocumentEntries(mode === 'everything' ? text : '')
  return mode === 'companies' ? companies : [...documents, ...actions, ...(text === '' ? [] : companies)]
}

const useCommandEntries = (text: string): readonly Entry[] => {
  const texts = useTexts()
  const { run, offered } = useCommands()
  return commands
    .filter(({ name, local }) => !local && name !== 'palette' && offered(name) && matches(texts.commands[name], text))
    .map(({ name, keys }) => ({
      key: name,
      group: texts.palette.commands,
      label: texts.commands[name],
      aside: <Keys keys={keys} />,
      run: () => run(name),
    }))
    .filter(({ label }, index, all) => all.findIndex((one) => one.label === label) === index)
}

const useCompanyEntries = (text: string): readonly Entry[] => {
  const texts = useTexts()
  const { companies, choose } = useWorkspace()
  return companies
    .filter(({ name, vatNumber }) => matches(`${name} ${vatNumber}`, text))
    .map(({ id, name, vatNumber }) => ({
      key: id,
      group: texts.palette.companies,
      label: name,
      aside: (
        <bdi dir="ltr" className="dim figures">
          {vatNumber}
        </bdi>
      ),
      run: () => choose(id),
    }))
}

const useDocumentEntries = (text: string): readonly Entry[] => {
  const texts = useTexts()
  const { company } = useWorkspace()
  const [search] = useDebouncedValue(text.trim(), 200)
  const found = useQuery({
    queryKey: ['palette', company?.id, search],
    queryFn: () => api.invoices.list({ companyId: company?.id ?? '', search, limit: 8 }),
    enabled: company !== undefined && search.length > 1,
  })
  if (search.length < 2) return []
  return (found.data?.rows ?? []).map((document) => ({
    key: document.id,
    group: texts.palette.documents,
    label: `${document.number} · ${document.buyerName ?? texts.documents.noBuyer}`,
    aside: <StateBadge of={document} />,
    run: () => goTo({ screen: 'documents', id: document.id }),
  }))
}
