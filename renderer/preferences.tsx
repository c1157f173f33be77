/** What one person prefers on this machine: language and theme. Kept in local storage, never on the server. */
import { useDirection, useMantineColorScheme } from '@mantine/core'
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react'
import { ar } from './i18n/ar.ts'
import { en, type Texts } from './i18n/en.ts'

export const languages = ['ar', 'en'] as const
export type Language = (typeof languages)[number]

const textsOf: Readonly<Record<Language, Texts>> = { ar, en }
const directionOf = { ar: 'rtl', en: 'ltr' } as const
const storageKey = 'khatm.language'

const stored = (): Language => (localStorage.getItem(storageKey) === 'en' ? 'en' : 'ar')

interface Preferences {
  readonly language: Language
  readonly texts: Texts
  readonly toggleLanguage: () => void
  readonly toggleTheme: () => void
  readonly dark: boolean
}

const Context = createContext<Preferences | undefined>(undefined)

export function PreferencesProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(stored)
  const { setDirection } = useDirection()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const dark = colorScheme === 'dark'
  useEffect(() => {
    document.documentElement.lang = language
    setDirection(directionOf[language])
    localStorage.setItem(storageKey, language)
  }, [language, setDirection])
  const toggleLanguage = useCallback(() => setLanguage((now) => (now === 'ar' ? 'en' : 'ar')), [])
  const toggleTheme = useCallback(() => setColorScheme(dark ? 'light' : 'dark'), [dark, setColorScheme])
  const value = useMemo(
    () => ({ language, texts: textsOf[language], toggleLanguage, toggleTheme, dark }),
    [language, toggleLanguage, toggleTheme, dark],
  )
  return <Context value={value}>{children}</Context>
}

export const usePreferences = (): Preferences => {
  const preferences = use(Context)
  if (preferences === undefined) throw new Error('PreferencesProvider is missing')
  return preferences
}

/** The texts of the current language. */
export const useTexts = (): Texts => usePreferences().texts
