/** Entry of the page: fonts, styles, and the application in its providers. */
import '@fontsource/ibm-plex-sans-arabic/arabic-400.css'
import '@fontsource/ibm-plex-sans-arabic/arabic-500.css'
import '@fontsource/ibm-plex-sans-arabic/arabic-600.css'
import '@fontsource/ibm-plex-sans-arabic/latin-400.css'
import '@fontsource/ibm-plex-sans-arabic/latin-500.css'
import '@fontsource/ibm-plex-sans-arabic/latin-600.css'
import '@mantine/core/styles.css'
import './styles/base.css'
import './styles/frame.css'
import './styles/parts.css'
import './styles/editor.css'
import './styles/documents.css'
import './styles/check.css'
import './styles/reliability.css'
import { DirectionProvider, MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ClientFailure } from '#core/api/client.ts'
import { onEvent } from './api.ts'
import { App } from './app.tsx'
import { CommandsProvider } from './commands.tsx'
import { FaultBoundary } from './components/fault-boundary.tsx'
import { PreferencesProvider } from './preferences.tsx'
import { theme, variables } from './theme.ts'

/** A coded refusal will not change by asking again; a silent server may answer the second time. */
const worthRepeating = (failures: number, error: unknown) => !(error instanceof ClientFailure) && failures < 2

const client = new QueryClient({
  defaultOptions: {
    queries: { retry: worthRepeating, staleTime: 2_000, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
})
onEvent(() => void client.invalidateQueries())

const root = document.getElementById('root')
if (root === null) throw new Error('the page has no root element')
createRoot(root).render(
  <StrictMode>
    <DirectionProvider initialDirection="rtl" detectDirection={false}>
      <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="light">
        <QueryClientProvider client={client}>
          <PreferencesProvider>
            <FaultBoundary>
              <CommandsProvider>
                <App />
              </CommandsProvider>
            </FaultBoundary>
          </PreferencesProvider>
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  </StrictMode>,
)
