/** Every transmission with its answer. */

import { heldTexts } from '#core/messages/held.ts'
import { documentStateTexts, message } from '#core/messages/index.ts'
import { riyadhTime } from '../../components/dates.ts'
import { type Language, usePreferences } from '../../preferences.tsx'
import type { DocumentDetail } from '../../queries.ts'

const seconds = (from: string, to: string): string => ((Date.parse(to) - Date.parse(from)) / 1000).toFixed(1)

export function Attempts({ document: { attempts, nextAttemptAt, heldReason } }: { document: DocumentDetail }) {
  const { language, texts } = usePreferences()
  const { documents } = texts
  return (
    <>
      {heldReason === undefined ? null : <p>{heldSentence(heldReason, language)}</p>}
      {nextAttemptAt === undefined ? null : <p className="dim">{documents.nextAttempt(riyadhTime(nextAttemptAt))}</p>}
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
            {attempts.map(({ startedAt, finishedAt, verdict, httpStatus }) => (
              <tr key={startedAt}>
                <td className="figures">
                  <bdi dir="ltr">{riyadhTime(startedAt)}</bdi>
                </td>
                <td className="figures">
                  {finishedAt === undefined ? documents.noAnswer : documents.seconds(seconds(startedAt, finishedAt))}
                </td>
                <td>{verdictWord(verdict, language)}</td>
                <td className="figures">{httpStatus ?? texts.common.none}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

const isState = (verdict: string): verdict is keyof typeof documentStateTexts =>
  Object.hasOwn(documentStateTexts, verdict)

/** Verdicts that are states too are shown with the state's word; the others are codes for support. */
const verdictWord = (verdict: string | undefined, language: Language): string =>
  verdict !== undefined && isState(verdict) ? documentStateTexts[verdict].name[language] : (verdict ?? '')

const isHeldReason = (reason: string): reason is keyof typeof heldTexts => Object.hasOwn(heldTexts, reason)

const heldSentence = (reason: string, language: Language): string =>
  isHeldReason(reason) ? message(reason, language) : reason
