/** How much is on its way of each company and environment, and its next clock to end. */
import { age } from '../../components/dates.ts'
import { goTo } from '../../place.ts'
import { useTexts } from '../../preferences.tsx'
import type { Board } from '../../queries.ts'
import { useWorkspace } from '../../workspace.tsx'
import { Clock } from './clock.tsx'
import { useCompanyName } from './open-document.ts'

export function Tallies({ tallies }: { tallies: Board['tallies'] }) {
  const texts = useTexts()
  const { columns } = texts.sending
  return (
    <section aria-label={texts.sending.companies}>
      <h2>{texts.sending.companies}</h2>
      <table className="board-table">
        <thead>
          <tr>
            <th scope="col">{columns.company}</th>
            <th scope="col">{columns.environment}</th>
            <th scope="col">{columns.waiting}</th>
            <th scope="col">{columns.unknown}</th>
            <th scope="col">{columns.held}</th>
            <th scope="col">{columns.oldest}</th>
            <th scope="col">{columns.clock}</th>
          </tr>
        </thead>
        <tbody>
          {tallies.map((tally) => (
            <Tally key={`${tally.companyId} ${tally.environment}`} tally={tally} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Tally({ tally }: { tally: Board['tallies'][number] }) {
  const texts = useTexts()
  const { choose, unitsOf } = useWorkspace()
  const companyName = useCompanyName()
  const { companyId, environment, waiting, unknown, held, oldestSealedAt, clock } = tally
  const open = () => {
    choose(companyId, unitsOf(companyId).find((unit) => unit.environment === environment)?.id)
    goTo({ screen: 'documents' })
  }
  return (
    <tr>
      <th scope="row">
        <button type="button" className="link" onClick={open}>
          <bdi>{companyName(companyId)}</bdi>
        </button>
      </th>
      <td>
        <span className="unit-environment" data-environment={environment}>
          {texts.environments[environment]}
        </span>
      </td>
      <Count of={waiting} />
      <Count of={unknown} tone="amber" />
      <Count of={held} tone="violet" />
      <td>{age(oldestSealedAt, texts)}</td>
      <td>{clock === undefined ? <span className="dim">{texts.common.none}</span> : <Clock clock={clock} />}</td>
    </tr>
  )
}

/** Nothing is shown as a dash, so that the figures stand out. */
function Count({ of: count, tone }: { of: number; tone?: string }) {
  const texts = useTexts()
  if (count === 0) return <td className="dim">{texts.common.none}</td>
  return (
    <td className="figures" data-tone={tone}>
      {count}
    </td>
  )
}
