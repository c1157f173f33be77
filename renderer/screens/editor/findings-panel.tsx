/** The findings as a list: each leads to its field. Hidden while there is nothing to say. */
import { UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react'
import { useTexts } from '../../preferences.tsx'
import { useEditor } from './context.tsx'
import type { Finding } from './judging.ts'

const icons = { error: IconCircleX, warning: IconAlertTriangle }

interface Props {
  readonly findings: readonly Finding[]
  readonly open: (finding: Finding) => void
}

export function FindingsPanel({ findings, open }: Props) {
  const texts = useTexts()
  const { sentence } = useEditor()
  if (findings.length === 0) return null
  return (
    <section className="findings" aria-label={texts.editor.findings}>
      <h2>
        {texts.editor.findings} <span className="dim">{countsOf(findings, texts.editor)}</span>
      </h2>
      <ul>
        {findings.map((finding) => {
          const Icon = icons[finding.severity]
          return (
            <li key={finding.key} data-severity={finding.severity}>
              <UnstyledButton onClick={() => open(finding)}>
                <Icon size={16} stroke={1.8} aria-hidden />
                <span>
                  {sentence(finding)}{' '}
                  {finding.violation === undefined ? null : <bdi className="code">{finding.violation.rule}</bdi>}
                </span>
              </UnstyledButton>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

interface Counting {
  readonly errors: (n: number) => string
  readonly warnings: (n: number) => string
}

/** `2 errors · 1 warning`. */
export const countsOf = (findings: readonly Finding[], { errors, warnings }: Counting): string => {
  const wrong = findings.filter(({ severity }) => severity === 'error').length
  const doubtful = findings.length - wrong
  return [wrong > 0 ? errors(wrong) : '', doubtful > 0 ? warnings(doubtful) : ''].filter(Boolean).join(' · ')
}
