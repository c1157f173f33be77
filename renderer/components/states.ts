/** The one table of how document states look; their words come from `core/messages`. The same in list, detail, editor and help. */
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconClockHour4,
  IconHandStop,
  IconHelpCircle,
  IconPencil,
  IconSend2,
} from '@tabler/icons-react'
import type { ShownState } from '#core/messages/index.ts'

interface StateLook {
  readonly icon: typeof IconSend2
  readonly colour: string
}

const look = (icon: StateLook['icon'], colour: string): StateLook => ({ icon, colour })

export const stateLooks: Readonly<Record<ShownState, StateLook>> = {
  draft: look(IconPencil, 'var(--mantine-color-dimmed)'),
  waiting: look(IconClockHour4, 'var(--mantine-color-dimmed)'),
  sending: look(IconSend2, 'var(--mantine-color-dimmed)'),
  unknown: look(IconHelpCircle, 'var(--amber)'),
  held: look(IconHandStop, 'var(--violet)'),
  cleared: look(IconCircleCheck, 'var(--green)'),
  reported: look(IconCircleCheck, 'var(--green)'),
  'cleared-with-warnings': look(IconAlertTriangle, 'var(--green)'),
  'reported-with-warnings': look(IconAlertTriangle, 'var(--green)'),
  rejected: look(IconCircleX, 'var(--red)'),
  corrected: look(IconCircleX, 'var(--mantine-color-dimmed)'),
}
