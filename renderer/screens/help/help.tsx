/** Shortcut sheet from the table of commands, the meaning of every state, and what support asks for. */
import { useQuery } from '@tanstack/react-query'
import { stateTable } from '#core/messages/index.ts'
import { commands } from '../../commands.tsx'
import { Keys } from '../../components/keys.tsx'
import { usePreferences, useTexts } from '../../preferences.tsx'
import { infoQuery } from '../../queries.ts'

const subjects = ['document', 'unit', 'road', 'chain'] as const

const places = ['everywhere', 'inEditor', 'inList', 'inCheck'] as const

export function Help() {
  const texts = useTexts()
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
      <section aria-label={texts.help.states} className="state-tables">
        <h2>{texts.help.states}</h2>
        <p className="actions">
          {subjects.map((subject) => (
            <button key={subject} type="button" className="link" onClick={() => showTable(subject)}>
              {texts.help.subjects[subject]}
            </button>
          ))}
        </p>
        {subjects.map((subject) => (
          <StateTable key={subject} subject={subject} />
        ))}
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

type Subject = (typeof subjects)[number]

const tableId = (subject: Subject) => `states-of-${subject}`
const showTable = (subject: Subject) => document.getElementById(tableId(subject))?.scrollIntoView()

function StateTable({ subject }: { subject: Subject }) {
  const { language, texts } = usePreferences()
  return (
    <table className="state-table" id={tableId(subject)}>
      <thead>
        <tr>
          <th scope="col">{texts.help.subjects[subject]}</th>
          <th scope="col">{texts.documents.whatHappened}</th>
          <th scope="col">{texts.documents.programDoes}</th>
          <th scope="col">{texts.documents.youDo}</th>
        </tr>
      </thead>
      <tbody>
        {stateTable[subject].map(({ id, name, happened, program, you }) => (
          <tr key={id}>
            <th scope="row">{name[language]}</th>
            <td>{happened[language]}</td>
            <td>{program[language]}</td>
            <td>{you[language]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
