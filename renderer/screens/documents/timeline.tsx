/** The course of a document: issued, every attempt with its answer, where it stands now. */
import { type IconCircleCheck, IconRosette, IconSend2 } from '@tabler/icons-react'
import { documentStateTexts, shownState } from '#core/messages/index.ts'
import { riyadhTime } from '../../components/dates.ts'
import { stateLooks } from '../../components/states.ts'
import { usePreferences } from '../../preferences.tsx'
import type { DocumentDetail } from '../../queries.ts'

interface Event {
  readonly at: string
  readonly label: string
  readonly icon: typeof IconCircleCheck
  readonly colour?: string
}

export function Timeline({ document }: { document: DocumentDetail }) {
  const { language, texts } = usePreferences()
  const shown = shownState({ ...document, supersededBy: undefined })
  const { icon, colour } = stateLooks[shown]
  const answered = document.attempts.findLast(({ finishedAt }) => finishedAt !== undefined)?.finishedAt
  const events: readonly Event[] = [
    { at: document.sealedAt, label: texts.documents.sealed, icon: IconRosette },
    ...document.attempts.map(({ startedAt, endpoint }) => ({
      at: startedAt,
      label: texts.documents.attempt[endpoint],
      icon: IconSend2,
    })),
    ...(answered === undefined
      ? []
      : [{ at: answered, label: documentStateTexts[shown].name[language], icon, colour }]),
  ]
  return (
    <section className="timeline" aria-label={texts.documents.timeline}>
      <h2>{texts.documents.timeline}</h2>
      <ol>
        {events.map(({ at, label, icon: Icon, colour: tone }) => (
          <li key={`${at} ${label}`} style={tone === undefined ? undefined : { color: tone }}>
            <Icon size={16} stroke={1.8} aria-hidden />
            <span>{label}</span>
            <bdi dir="ltr" className="figures dim">
              {riyadhTime(at)}
            </bdi>
          </li>
        ))}
      </ol>
    </section>
  )
}
