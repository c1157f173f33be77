/** The calm summary on top: sound, warnings or errors, in words, icon and colour. */
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTexts } from '../../preferences.tsx'
import { areas, type Standing, type Verdict } from './verdict.ts'

export const standingIcons = {
  sound: IconCircleCheck,
  warnings: IconAlertTriangle,
  errors: IconCircleX,
  absent: IconCircleDashed,
} as const

interface Props {
  readonly standing: Standing
  readonly headline: string
  readonly lead: string
  readonly children?: ReactNode
}

/** Takes the focus, so that a screen reader begins with it and Tab goes on from it. */
export function Banner({ standing, headline, lead, children }: Props) {
  const Icon = standingIcons[standing]
  const banner = useRef<HTMLElement>(null)
  useEffect(() => banner.current?.focus({ preventScroll: true }), [])
  return (
    <section className="banner" data-standing={standing} ref={banner} tabIndex={-1} aria-label={headline}>
      <Icon size={28} stroke={1.6} aria-hidden />
      <div>
        <h2>{headline}</h2>
        <p>{lead}</p>
      </div>
      {children}
    </section>
  )
}

export function Areas({ verdict }: { verdict: Verdict }) {
  const texts = useTexts()
  return (
    <dl className="areas">
      {areas.map((area) => {
        const standing = verdict.areas[area]
        const Icon = standingIcons[standing]
        return (
          <div key={area} data-standing={standing}>
            <dt>{texts.check.areas[area]}</dt>
            <dd>
              <Icon size={16} stroke={1.8} aria-hidden /> {texts.check.standings[standing]}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
