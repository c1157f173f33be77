/** Every transmission with its answer. */

import { unfinishedText, verdictTexts } from '#core/messages/index.ts'
import { riyadhTime } from '../../components/dates.ts'
import { isolated } from '../../i18n/isolated.ts'
import { usePreferences } from '../../preferences.tsx'
import type { DocumentDetail } from '../../queries.ts'

const seconds = (from: string, to: string): string => ((Date.parse(to) - Date.parse(from)) / 1000).toFixed(1)

export function Attempts({ document: { attempts, nextAttemptAt, state } }: { document: DocumentDetail }) {
  const { texts } = usePreferences()
  const { documents } = texts
  return (
    <>
      {nextAttemptAt === undefined ? null : (
        <p className="dim">{documents.nextAttempt(isolated(riyadhTime(nextAttemptAt)))}</p>
      )}
      {attempts.length === 0 ? (
        <p className="dim">{documents.noAttempts}</p>
      ) : (
        <table className="attempts">
          <thead>
            <tr>
              <th scope="col">{documents.started}</th>
              <th scope="col">{documents.took}</th>
              <th scope="col">{documents.answer}</th>
              <th scope="col">{documents.httpStatus}</th>
            </tr>
          </thead>
          <tbody>
            {attempts.map((attempt) => {
              const { startedAt, finishedAt, httpStatus } = attempt
              return (
                <tr key={startedAt}>
                  <td className="figures">
                    <bdi dir="ltr">{riyadhTime(startedAt)}</bdi>
                  </td>
                  <td className="figures">
                    {finishedAt === undefined ? texts.common.none : documents.seconds(seconds(startedAt, finishedAt))}
                  </td>
                  <td>
                    <Answer attempt={attempt} isUnderWay={state === 'sending' && attempt === attempts.at(-1)} />
                  </td>
                  <td className="figures">{httpStatus ?? texts.common.none}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
    </>
  )
}

interface AnswerProps {
  readonly attempt: DocumentDetail['attempts'][number]
  readonly isUnderWay: boolean
}

/** What came of a transmission, and for support the cause as the system named it. */
function Answer({ attempt: { finishedAt, verdict, cause }, isUnderWay }: AnswerProps) {
  const { language, texts } = usePreferences()
  if (finishedAt === undefined && isUnderWay) return texts.documents.noAnswer
  const sentence = verdict === undefined ? unfinishedText : verdictTexts[verdict]
  return (
    <>
      {sentence[language]} {cause === undefined ? null : <bdi className="code">{cause}</bdi>}
    </>
  )
}
