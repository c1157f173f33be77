/** The narrow rail at the start side: one button per screen. */
import { UnstyledButton } from '@mantine/core'
import {
  IconBuildings,
  IconCertificate,
  IconFileInvoice,
  IconFilePlus,
  IconFileSearch,
  IconKeyboard,
  IconSend2,
  IconSettings,
  type TablerIcon,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { goTo, type Screen } from '../place.ts'
import { useTexts } from '../preferences.tsx'
import { queueQuery } from '../queries.ts'

const entries = [
  { screen: 'documents', icon: IconFileInvoice, label: 'documents' },
  { screen: 'editor', icon: IconFilePlus, label: 'newDocument' },
  { screen: 'sending', icon: IconSend2, label: 'sending' },
  { screen: 'companies', icon: IconBuildings, label: 'companies' },
  { screen: 'certificates', icon: IconCertificate, label: 'certificates' },
  { screen: 'check', icon: IconFileSearch, label: 'check' },
  { screen: 'settings', icon: IconSettings, label: 'settings' },
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
          {screen === 'sending' ? <Attention /> : null}
        </UnstyledButton>
      ))}
    </nav>
  )
}

/** How many things do not go on without a person; nothing when there are none. */
function Attention() {
  const texts = useTexts()
  const attention = useQuery(queueQuery).data?.attention ?? 0
  if (attention === 0) return null
  return (
    <span className="attention" title={texts.frame.attention(attention)}>
      <span className="visually-hidden">{texts.frame.attention(attention)}</span>
      <bdi aria-hidden>{attention}</bdi>
    </span>
  )
}
