/** What is on its way to ZATCA: counts in words and the age of the oldest. */

import { IconCloudCheck, IconCloudOff, IconCloudUp } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { age } from '../components/dates.ts'
import { useTexts } from '../preferences.tsx'
import { queueQuery } from '../queries.ts'

export function Queue() {
  const texts = useTexts()
  const { data, isError } = useQuery(queueQuery)
  if (isError) {
    return (
      <span className="queue" data-tone="amber" role="status">
        <IconCloudOff size={18} stroke={1.6} aria-hidden /> {texts.frame.offline}
      </span>
    )
  }
  if (data === undefined) return null
  const { waiting, unknown, held, oldestSealedAt } = data
  const words = [
    waiting > 0 ? texts.frame.queueWaiting(waiting) : '',
    unknown > 0 ? texts.frame.queueUnknown(unknown) : '',
    held > 0 ? texts.frame.queueHeld(held) : '',
    oldestSealedAt === undefined ? '' : texts.frame.queueOldest(age(oldestSealedAt, texts)),
  ].filter(Boolean)
  const Icon = words.length === 0 ? IconCloudCheck : IconCloudUp
  return (
    <span
      className="queue"
      data-tone={unknown > 0 ? 'amber' : undefined}
      role="status"
      aria-label={texts.frame.queueLabel}
    >
      <Icon size={18} stroke={1.6} aria-hidden />
      {words.length === 0 ? texts.frame.queueClear : words.join(' · ')}
    </span>
  )
}
