/** A failure: what happened, that nothing was lost, and the code to read out on the phone; details fold out. */
import { IconAlertCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { ClientFailure } from '#core/api/client.ts'
import type { FailureBody } from '#core/api/failure-body.ts'
import { usePreferences } from '../preferences.tsx'

/** The coded body, or undefined when the call did not get as far as an answer. */
export const failureOf = (error: unknown): FailureBody | undefined =>
  error instanceof ClientFailure ? error.body : undefined

interface Props {
  readonly error: unknown
  /** A sentence of the screen that says at which step it happened */
  readonly lead?: string
  /** Where nothing was typed that could be lost */
  readonly brief?: boolean
  readonly children?: ReactNode
}

export function FailureNotice({ error, lead, brief = false, children }: Props) {
  const { language, texts } = usePreferences()
  if (error === null || error === undefined) return null
  const body = failureOf(error)
  const sentence = body === undefined ? texts.failure.unreachable : language === 'ar' ? body.message_ar : body.message
  return (
    <div className="failure" role="alert">
      <IconAlertCircle size={20} stroke={1.8} aria-hidden />
      <div>
        {lead === undefined ? null : <p className="dim">{lead}</p>}
        <p>{sentence}</p>
        {brief ? null : <p className="dim">{texts.failure.nothingLost}</p>}
        {body === undefined ? null : <FailureDetails body={body} />}
        {children}
      </div>
    </div>
  )
}

function FailureDetails({ body }: { body: FailureBody }) {
  const { texts } = usePreferences()
  const details = Object.entries(body.details)
  return (
    <>
      <p className="codes">
        {texts.failure.code} <bdi dir="ltr">{body.error}</bdi> · {texts.failure.request}{' '}
        <bdi dir="ltr">{body.requestId}</bdi>
      </p>
      {body.reason === undefined && details.length === 0 ? null : (
        <details>
          <summary>{texts.failure.details}</summary>
          <dl className="failure-details" dir="ltr">
            {body.reason === undefined ? null : <dd>{body.reason}</dd>}
            {details.map(([name, value]) => (
              <dd key={name}>
                {name}: {typeof value === 'string' ? value : JSON.stringify(value)}
              </dd>
            ))}
          </dl>
        </details>
      )}
    </>
  )
}
