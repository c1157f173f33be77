/** Remarks about an issued document: ours or ZATCA's, sentence first, code small. */
import { IconAlertTriangle, IconCircleX, IconInfoCircle } from '@tabler/icons-react'

export interface ShownFinding {
  readonly type: 'info' | 'warning' | 'error'
  readonly code?: string | undefined
  readonly message: string
}

const icons = { info: IconInfoCircle, warning: IconAlertTriangle, error: IconCircleX }

export function FindingList({ findings }: { findings: readonly ShownFinding[] }) {
  if (findings.length === 0) return null
  return (
    <ul className="finding-list">
      {findings.map(({ type, code, message }) => {
        const Icon = icons[type]
        return (
          <li key={`${code ?? ''} ${message}`} data-severity={type}>
            <Icon size={16} stroke={1.8} aria-hidden />
            <span>
              <bdi>{message}</bdi> {code === undefined ? null : <bdi className="code">{code}</bdi>}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
