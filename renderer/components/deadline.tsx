/** The hours left of the 24 in which a simplified document must be reported (G9): a clock, not a date. */
import { IconHourglassLow } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTexts } from '../preferences.tsx'
import { clockTo } from './dates.ts'

const minute = 60_000
/** Urgent from hour 18 on. */
const urgent = 6 * 60 * minute

/** `compact` shows the clock alone, the words on hover. */
export function Deadline({ at, compact = false }: { at: string; compact?: boolean }) {
  const texts = useTexts()
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), minute)
    return () => clearInterval(timer)
  }, [])
  const { clock, late } = clockTo(at, now)
  const isUrgent = late || Date.parse(at) - now < urgent
  const sentence = late ? texts.common.late(clock) : texts.common.hoursLeft(clock)
  return (
    <span className="state" title={sentence} style={isUrgent ? { color: 'var(--amber)' } : undefined}>
      <IconHourglassLow size={16} stroke={1.8} aria-hidden />
      <span className="figures">{compact ? clock : sentence}</span>
    </span>
  )
}
