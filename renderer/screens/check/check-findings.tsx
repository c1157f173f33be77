/** The findings, errors first: sentence, code, and the place in the file for whoever has to look there. */
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconInfoCircle } from '@tabler/icons-react'
import { usePreferences } from '../../preferences.tsx'
import type { CheckedFile } from '../../queries.ts'
import { isRemark } from './verdict.ts'

const icons = { error: IconCircleX, warning: IconAlertTriangle, info: IconInfoCircle }

type Violation = CheckedFile['violations'][number]

export function CheckFindings({ checked: { violations, errors, warnings } }: { checked: CheckedFile }) {
  const { texts } = usePreferences()
  const all = errors + warnings
  const remarks = violations.filter(isRemark)
  const doubtful = warnings - remarks.length
  const counts = [errors > 0 ? texts.editor.errors(errors) : '', doubtful > 0 ? texts.editor.warnings(doubtful) : '']
  return (
    <section className="card" aria-label={texts.check.findings}>
      <h2>
        {texts.check.findings} <span className="dim">{counts.filter(Boolean).join(' · ')}</span>
      </h2>
      {errors + doubtful === 0 ? (
        <p className="check-clean">
          <IconCircleCheck size={16} stroke={1.8} aria-hidden /> {texts.check.noFindings}
        </p>
      ) : null}
      <ul className="check-findings">
        {[...violations.filter((one) => !isRemark(one)), ...remarks].map((violation, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a judged file's findings never move, and two may be alike
          <Finding key={index} violation={violation} />
        ))}
      </ul>
      {violations.length < all ? <p className="dim">{texts.check.more(violations.length, all)}</p> : null}
    </section>
  )
}

function Finding({ violation }: { violation: Violation }) {
  const { texts, language } = usePreferences()
  const type = isRemark(violation) ? 'info' : violation.severity
  const Icon = icons[type]
  return (
    <li data-severity={type}>
      <Icon size={16} stroke={1.8} aria-hidden />
      <div>
        <p>
          <bdi>{language === 'ar' ? violation.message_ar : violation.message}</bdi>{' '}
          {type === 'info' ? <span className="dim">{texts.check.sellerOnly} </span> : null}
          <bdi className="code">{violation.rule}</bdi>
        </p>
        <details>
          <summary>{texts.check.place}</summary>
          <code dir="ltr">{violation.path}</code>
        </details>
      </div>
    </li>
  )
}
