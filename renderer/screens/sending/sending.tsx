/** The board of everything that is on its way to ZATCA, for all companies: roads, clocks, what is held and what is unknown. */
import { IconCloudCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Loading } from '../../components/loading.tsx'
import { useTexts } from '../../preferences.tsx'
import { type Board, boardQuery } from '../../queries.ts'
import { DocumentRows } from './document-rows.tsx'
import { HeldDocument } from './held-document.tsx'
import { RoadCard } from './road-card.tsx'
import { Tallies } from './tallies.tsx'

export function Sending() {
  const texts = useTexts()
  const { data, error } = useQuery(boardQuery)
  return (
    <div className="page sending">
      <header className="page-head">
        <div>
          <h1>{texts.sending.title}</h1>
          <p className="dim">{texts.sending.lead}</p>
        </div>
      </header>
      <FailureNotice error={error} brief />
      {data === undefined ? error === null ? <Loading /> : null : <Sections board={data} />}
    </div>
  )
}

/** What needs a decision stands first. */
function Sections({ board: { roads, held, clocks, unknown, tallies } }: { board: Board }) {
  const { sending } = useTexts()
  return (
    <>
      {held.length === 0 ? null : (
        <section aria-label={sending.held}>
          <h2>{sending.held}</h2>
          {held.map((document) => (
            <HeldDocument key={document.id} document={document} />
          ))}
        </section>
      )}
      {roads.length === 0 ? null : (
        <section aria-label={sending.roads}>
          <h2>{sending.roads}</h2>
          {roads.map((road) => (
            <RoadCard key={road.id} road={road} />
          ))}
        </section>
      )}
      {tallies.length === 0 ? <AllClear /> : <Tallies tallies={tallies} />}
      <DocumentRows title={sending.clocks} lead={sending.clocksLead} documents={clocks} />
      <DocumentRows title={sending.unknown} lead={sending.unknownLead} documents={unknown} />
    </>
  )
}

function AllClear() {
  const { sending } = useTexts()
  return (
    <section className="all-clear" role="status">
      <IconCloudCheck size={28} stroke={1.4} aria-hidden />
      <div>
        <h2>{sending.clearTitle}</h2>
        <p className="dim">{sending.clearText}</p>
      </div>
    </section>
  )
}
