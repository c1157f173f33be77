/** A Gregorian day, with the Hijri one on hover. */
import { Tooltip } from '@mantine/core'
import { usePreferences } from '../preferences.tsx'
import { hijri } from './dates.ts'

export function Day({ date, time }: { date: string; time?: string }) {
  const { language } = usePreferences()
  return (
    <Tooltip label={hijri(date, language)}>
      <bdi className="figures" dir="ltr">
        {date}
        {time === undefined ? null : <span className="dim"> {time.slice(0, 5)}</span>}
      </bdi>
    </Tooltip>
  )
}
