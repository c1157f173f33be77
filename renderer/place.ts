/** Where the person is: screen and item, kept in the address after `#`, so that back, reload and the desktop shell all work. */
import { useSyncExternalStore } from 'react'

export const screens = [
  'documents',
  'editor',
  'sending',
  'companies',
  'onboarding',
  'certificates',
  'check',
  'people',
  'settings',
  'help',
] as const
export type Screen = (typeof screens)[number]

export interface Place {
  readonly screen: Screen
  /** Document, company or unit that is open */
  readonly id?: string
  /** What to do with it: `reissue`, `credit-note`, `new`... */
  readonly action?: string
}

const isScreen = (text: string | undefined): text is Screen => screens.some((screen) => screen === text)

/** `#/documents/ID/action`; anything else is the document list. */
export const parsePlace = (hash: string): Place => {
  const [screen, id, action] = hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent)
  if (!isScreen(screen)) return { screen: 'documents' }
  return { screen, ...(id ? { id } : {}), ...(action ? { action } : {}) }
}

export const hashOf = ({ screen, id, action }: Place): string =>
  `#/${[screen, id, action]
    .filter((part) => part !== undefined)
    .map(encodeURIComponent)
    .join('/')}`

export const goTo = (place: Place): void => {
  window.location.hash = hashOf(place)
}

const subscribe = (changed: () => void) => {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}

export const usePlace = (): Place => parsePlace(useSyncExternalStore(subscribe, () => window.location.hash))
