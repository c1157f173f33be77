/** The one primary action, the draft beside it, and the single question about warnings; results and refusals appear here. */
import { Button } from '@mantine/core'
import { IconDeviceFloppy, IconSend2 } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Keys } from '../../components/keys.tsx'
import { useTexts } from '../../preferences.tsx'
import { countsOf } from './findings-panel.tsx'
import type { Finding } from './judging.ts'

export interface IssueBarProps {
  readonly findings: readonly Finding[]
  readonly asking: boolean
  readonly blocked: boolean
  readonly pending: boolean
  readonly failure: unknown
  readonly savedAt: string | undefined
  readonly issue: () => void
  readonly confirm: () => void
  readonly review: () => void
  readonly save: () => void
  readonly children: ReactNode
}

export function IssueBar(props: IssueBarProps) {
  const texts = useTexts()
  const warnings = props.findings.filter(({ severity }) => severity === 'warning').length
  return (
    <footer className="issue-bar">
      {props.children}
      <FailureNotice error={props.failure} />
      {props.asking ? (
        <div className="issue-question" role="alertdialog" aria-label={texts.editor.confirmWarnings(warnings)}>
          <span>{texts.editor.confirmWarnings(warnings)}</span>
          <Button variant="default" onClick={props.review}>
            {texts.editor.review}
          </Button>
          <Button onClick={props.confirm} loading={props.pending} data-autofocus>
            {texts.editor.issueAnyway}
          </Button>
        </div>
      ) : (
        <div className="issue-actions">
          <span className="dim" role="status">
            {props.blocked ? texts.editor.blockedByErrors : countsOf(props.findings, texts.editor)}
            {props.savedAt === undefined ? '' : ` ${texts.editor.savedAt(props.savedAt)}`}
          </span>
          <Button variant="default" leftSection={<IconDeviceFloppy size={16} stroke={1.6} />} onClick={props.save}>
            {texts.editor.saveDraft}
          </Button>
          <Button
            leftSection={<IconSend2 size={16} stroke={1.6} />}
            rightSection={<Keys keys="Mod+Enter" />}
            loading={props.pending}
            onClick={props.issue}
          >
            {texts.editor.issue}
          </Button>
        </div>
      )}
    </footer>
  )
}
