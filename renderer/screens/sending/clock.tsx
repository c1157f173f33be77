/** The time that is left of the 24 hours of a simplified document, coloured by how pressing it is; the word stands beside the colour. */
import { IconHourglassLow } from '@tabler/icons-react'
import { clockTo } from '../../components/dates.ts'
import { useTexts } from '../../preferences.tsx'
import type { OpenDocument } from '../../queries.ts'

export function Clock({ clock }: { clock: NonNullable<OpenDocument['clock']> }) {
  const texts = useTexts()
  const { clock: time, late } = clockTo(clock.deadlineAt)
  return (
    <span className="state clock" data-level={clock.level}>
      <IconHourglassLow size={16} stroke={1.8} aria-hidden />
      <bdi dir="ltr" className="figures">
        {late ? `−${time}` : time}
      </bdi>
      <span>{texts.sending.levels[clock.level]}</span>
    </span>
  )
}
