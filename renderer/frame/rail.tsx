/** The narrow rail at the start side: one button per screen. */
import { UnstyledButton } from '@mantine/core'
import {
  IconBuildings,
  IconFileInvoice,
  IconFilePlus,
  IconFileSearch,
  IconKeyboard,
  type TablerIcon,
} from '@tabler/icons-react'
import { goTo, type Screen } from '../place.ts'
import { useTexts } from '../preferences.tsx'

const entries = [
  { screen: 'documents', icon: IconFileInvoice, label: 'documents' },
  { screen: 'editor', icon: IconFilePlus, label: 'newDocument' },
  { screen: 'companies', icon: IconBuildings, label: 'companies' },
  { screen: 'check', icon: IconFileSearch, label: 'check' },
  { screen: 'help', icon: IconKeyboard, label: 'help' },
] as const satisfies readonly { screen: Screen; icon: TablerIcon; label: string }[]

/** The wizard belongs to the companies. */
const owner = (screen: Screen): Screen => (screen === 'onboarding' ? 'companies' : screen)

export function Rail({ current }: { current: Screen }) {
  const texts = useTexts()
  return (
    <nav className="rail" aria-label={texts.frame.rail}>
      <img src="./icon.svg" width={28} height={28} alt={texts.product} />
      {entries.map(({ screen, icon: Icon, label }) => (
        <UnstyledButton
          key={screen}
          onClick={() => goTo({ screen })}
          aria-current={owner(current) === screen ? 'page' : undefined}
        >
          <Icon size={20} stroke={1.6} aria-hidden />
          <span>{texts.frame[label]}</span>
        </UnstyledButton>
      ))}
    </nav>
  )
}
