/** The frame around every screen: environment bar, rail, top bar, and the commands that work everywhere. */
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useOffer } from '../commands.tsx'
import { Loading } from '../components/loading.tsx'
import { goTo, type Screen, usePlace } from '../place.ts'
import { usePreferences } from '../preferences.tsx'
import type { User } from '../queries.ts'
import { Certificates } from '../screens/certificates/certificates.tsx'
import { Check } from '../screens/check/check.tsx'
import { Companies } from '../screens/companies/companies.tsx'
import { Documents } from '../screens/documents/documents.tsx'
import { Help } from '../screens/help/help.tsx'
import { Onboarding } from '../screens/onboarding/onboarding.tsx'
import { People } from '../screens/people/people.tsx'
import { Sending } from '../screens/sending/sending.tsx'
import { Settings } from '../screens/settings/settings.tsx'
import { EnvironmentBar } from './environment-bar.tsx'
import { Palette, type PaletteMode } from './palette.tsx'
import { Rail } from './rail.tsx'
import { TopBar } from './top-bar.tsx'

/** The rules and code lists come with the editor only. */
const Editor = lazy(() => import('../screens/editor/editor-screen.tsx'))

const screenOf: Readonly<Record<Screen, () => ReactNode>> = {
  documents: () => <Documents />,
  editor: () => <Editor />,
  sending: () => <Sending />,
  companies: () => <Companies />,
  certificates: () => <Certificates />,
  settings: () => <Settings />,
  onboarding: () => <Onboarding />,
  check: () => <Check />,
  people: () => <People />,
  help: () => <Help />,
}

export function Frame({ user }: { user: User }) {
  const { texts, toggleTheme, toggleLanguage } = usePreferences()
  const { screen } = usePlace()
  const [palette, setPalette] = useState<PaletteMode>()
  useOffer({
    palette: () => setPalette('everything'),
    switchCompany: () => setPalette('companies'),
    newDocument: () => goTo({ screen: 'editor' }),
    documents: () => goTo({ screen: 'documents' }),
    editor: () => goTo({ screen: 'editor' }),
    sending: () => goTo({ screen: 'sending' }),
    companies: () => goTo({ screen: 'companies' }),
    certificates: () => goTo({ screen: 'certificates' }),
    settings: () => goTo({ screen: 'settings' }),
    check: () => goTo({ screen: 'check' }),
    people: () => goTo({ screen: 'people' }),
    help: () => goTo({ screen: 'help' }),
    shortcuts: () => goTo({ screen: 'help' }),
    toggleTheme,
    toggleLanguage,
  })
  return (
    <div className="frame">
      <button type="button" className="skip" onClick={() => document.getElementById('content')?.focus()}>
        {texts.frame.skip}
      </button>
      <EnvironmentBar />
      <Rail current={screen} />
      <TopBar user={user} openPalette={setPalette} />
      <main id="content" tabIndex={-1}>
        <Suspense fallback={<Loading />}>{screenOf[screen]()}</Suspense>
      </main>
      <Palette mode={palette} close={() => setPalette(undefined)} />
    </div>
  )
}
