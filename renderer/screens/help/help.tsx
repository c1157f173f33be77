/** Shortcut sheet from the table of commands, the meaning of every state, and what support asks for. */
import { useQuery } from '@tanstack/react-query'
import { documentStates } from '#core/vocabulary.ts'
import { commands } from '../../commands.tsx'
import { Keys } from '../../components/keys.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { useStateTexts } from '../../components/state-sentences.tsx'
import { useTexts } from '../../preferences.tsx'
import { infoQuery } from '../../queries.ts'

const places = ['everywhere', 'inEditor', 'inList', 'inCheck'] as const

export function Help() {
  const texts = useTexts()
  const stateTexts = useStateTexts()
  const info = useQuery(infoQuery).data
  return (
    <div className="page help">
      <h1>{texts.help.title}</h1>
      <section aria-label={texts.help.shortcuts} className="shortcuts">
        {places.map((place) => (
          <div key={place}>
            <h2>{texts.commands[place]}</h2>
            <dl>
              {commands
                .filter((command) => command.place === place)
                .map(({ name, keys }) => (
                  <div key={name}>
                    <dt>{texts.commands[name]}</dt>
                    <dd>
                      <Keys keys={keys} />
                    </dd>
                  </div>
                ))}
            </dl>
          </div>
        ))}
      </section>
      <p className="dim">{texts.help.numbers}</p>
      <section aria-label={texts.help.states}>
        <h2>{texts.help.states}</h2>
        <table className="state-table">
          <thead>
            <tr>
              <th scope="col">{texts.documents.columns.state}</th>
              <th scope="col">{texts.documents.whatHappened}</th>
              <th scope="col">{texts.documents.programDoes}</th>
              <th scope="col">{texts.documents.youDo}</th>
            </tr>
          </thead>
          <tbody>
            {documentStates.map((state) => {
              const { happened, program, you } = stateTexts(state)
              return (
                <tr key={state}>
                  <th scope="row">
                    <StateBadge of={{ state }} />
                  </th>
                  <td>{happened}</td>
                  <td>{program}</td>
                  <td>{you}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
      {info === undefined ? null : (
        <p className="dim">
          {texts.help.support}: {texts.help.version} <bdi dir="ltr">{info.version}</bdi> · {texts.help.rulePack}{' '}
          <bdi dir="ltr">{info.rulePack}</bdi> · {texts.help.shell[info.shell]}
        </p>
      )}
    </div>
  )
}
