/** The page around first account and sign-in: product, what it asks for, language. */
import { ActionIcon, Button } from '@mantine/core'
import { IconMoon, IconSun } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { usePreferences } from '../../preferences.tsx'

interface Props {
  readonly title: string
  readonly lead: string
  readonly children: ReactNode
}

export function AccessPage({ title, lead, children }: Props) {
  const { texts, toggleLanguage, toggleTheme, dark } = usePreferences()
  return (
    <main className="alone">
      <div className="access-card">
        <header>
          <img src="./icon.svg" width={40} height={40} alt="" />
          <div>
            <strong>{texts.product}</strong>
            <span className="dim">{texts.tagline}</span>
          </div>
        </header>
        <h1>{title}</h1>
        <p className="dim">{lead}</p>
        {children}
      </div>
      <footer className="access-footer">
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          onClick={toggleLanguage}
          aria-label={texts.frame.languageLabel}
        >
          {texts.frame.language}
        </Button>
        <ActionIcon
          variant="subtle"
          color="gray"
          onClick={toggleTheme}
          aria-label={dark ? texts.frame.light : texts.frame.dark}
        >
          {dark ? <IconSun size={18} /> : <IconMoon size={18} />}
        </ActionIcon>
      </footer>
    </main>
  )
}
