/** Every command with its keys, once: the palette, the shortcut sheet and the key handler read this table. */
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef } from 'react'
import type { Texts } from './i18n/en.ts'

type CommandName = keyof Omit<Texts['commands'], 'everywhere' | 'inEditor' | 'inList' | 'inCheck'>
type Place = 'everywhere' | 'inEditor' | 'inList' | 'inCheck'

export interface Command {
  readonly name: CommandName
  readonly place: Place
  /** As written on the sheet; `Mod` is Ctrl, or Command on a Mac */
  readonly keys: string
  /** Handled by the grid or the list themselves; listed on the sheet only */
  readonly local?: boolean
}

const command = (name: CommandName, place: Place, keys: string, local = false): Command => ({
  name,
  place,
  keys,
  local,
})

export const commands: readonly Command[] = [
  command('palette', 'everywhere', 'Mod+K'),
  command('newDocument', 'everywhere', 'Mod+N'),
  command('documents', 'everywhere', 'Alt+1'),
  command('editor', 'everywhere', 'Alt+2'),
  command('sending', 'everywhere', 'Alt+3'),
  command('companies', 'everywhere', 'Alt+4'),
  command('certificates', 'everywhere', 'Alt+5'),
  command('check', 'everywhere', 'Alt+6'),
  command('settings', 'everywhere', 'Alt+7'),
  command('help', 'everywhere', 'Alt+8'),
  command('people', 'everywhere', 'Alt+9'),
  command('switchCompany', 'everywhere', 'Mod+Shift+C'),
  command('shortcuts', 'everywhere', '?'),
  command('toggleTheme', 'everywhere', 'Alt+T'),
  command('toggleLanguage', 'everywhere', 'Alt+L'),
  command('saveDraft', 'inEditor', 'Mod+S'),
  command('issue', 'inEditor', 'Mod+Enter'),
  command('nextFinding', 'inEditor', 'F8'),
  command('editCell', 'inEditor', 'F2', true),
  command('copyDown', 'inEditor', 'Mod+D', true),
  command('clearCell', 'inEditor', 'Delete', true),
  command('removeLine', 'inEditor', 'Mod+-', true),
  command('walk', 'inList', '↑ ↓', true),
  command('duplicate', 'inList', 'Mod+D'),
  command('submitNow', 'inList', 'F9'),
  command('back', 'inList', 'Esc', true),
  command('chooseFile', 'inCheck', 'Mod+O'),
]

/** `Mod+Shift+C` for an event; letters by position, so that they work on an Arabic keyboard too. */
export const keysOf = (event: KeyboardEvent): string => {
  const letter = /^(?:Key|Digit)(.)$/.exec(event.code)?.[1]
  const isMark = event.key === '?' || event.key === '؟'
  const key = isMark ? '?' : (letter ?? event.key)
  const shift = event.shiftKey && !isMark
  return [event.ctrlKey || event.metaKey ? 'Mod' : '', event.altKey ? 'Alt' : '', shift ? 'Shift' : '', key]
    .filter(Boolean)
    .join('+')
}

type Handlers = Partial<Record<CommandName, () => void>>

interface Registry {
  /** The latest screen that offers a command wins. */
  readonly offer: (handlers: Handlers) => () => void
  readonly run: (name: CommandName) => void
  readonly offered: (name: CommandName) => boolean
}

const Context = createContext<Registry | undefined>(undefined)

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable=true]')

export function CommandsProvider({ children }: { children: ReactNode }) {
  const layers = useRef<Handlers[]>([])
  const find = useCallback(
    (name: CommandName) => layers.current.findLast((handlers) => handlers[name] !== undefined)?.[name],
    [],
  )
  const registry = useMemo<Registry>(
    () => ({
      offer: (handlers) => {
        layers.current.push(handlers)
        return () => {
          layers.current = layers.current.filter((layer) => layer !== handlers)
        }
      },
      run: (name) => find(name)?.(),
      offered: (name) => find(name) !== undefined,
    }),
    [find],
  )
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const keys = keysOf(event)
      if (event.defaultPrevented || (keys === '?' && isTyping(event.target))) return
      const handler = commands.filter((one) => !one.local && one.keys === keys).map(({ name }) => find(name))
      const run = handler.find((one) => one !== undefined)
      if (run === undefined) return
      event.preventDefault()
      run()
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [find])
  return <Context value={registry}>{children}</Context>
}

export const useCommands = (): Registry => {
  const registry = use(Context)
  if (registry === undefined) throw new Error('CommandsProvider is missing')
  return registry
}

/** Offers commands while the calling component is shown; the handlers may change on every render. */
export const useOffer = (handlers: Handlers): void => {
  const { offer } = useCommands()
  const latest = useRef(handlers)
  useEffect(() => {
    latest.current = handlers
  })
  const names = Object.keys(handlers).sort().join(' ')
  useEffect(() => {
    const stable: Handlers = {}
    for (const { name } of commands) {
      if (names.split(' ').includes(name)) stable[name] = () => latest.current[name]?.()
    }
    return offer(stable)
  }, [names, offer])
}
