/** ZATCA's answer and our own findings at issue, apart from each other. */
import { FindingList } from '../../components/finding-list.tsx'
import { usePreferences } from '../../preferences.tsx'
import type { DocumentDetail } from '../../queries.ts'

export function DetailFindings({ document }: { document: DocumentDetail }) {
  const { language, texts } = usePreferences()
  const own = document.violations.map(({ rule, severity, message, message_ar }) => ({
    type: severity,
    code: rule,
    message: language === 'ar' ? message_ar : message,
  }))
  return (
    <>
      <h2>{texts.documents.gatewayFindings}</h2>
      {document.findings.length === 0 ? <p className="dim">{texts.documents.noGatewayFindings}</p> : null}
      <FindingList findings={document.findings} />
      <h2>{texts.documents.ourFindings}</h2>
      {own.length === 0 ? <p className="dim">{texts.editor.noFindings}</p> : null}
      <FindingList findings={own} />
    </>
  )
}
