/** Head of the document: kind, profile, marks, number, dates, currency. */
import { Checkbox, SegmentedControl } from '@mantine/core'
import { documentTitles } from '#core/invoice/codes/document-kinds.ts'
import { documentKinds, profiles } from '#core/invoice/draft.ts'
import type { TransactionFlag } from '#core/invoice/transaction-type.ts'
import { usePreferences } from '../../preferences.tsx'
import { useEditor } from './context.tsx'
import { DraftField } from './draft-field.tsx'

/** Positions 8 and 9 of the code are not in force yet (spec C5). */
const offeredFlags = [
  'thirdParty',
  'nominal',
  'export',
  'summary',
  'selfBilled',
] as const satisfies readonly TransactionFlag[]

/** Self-billing and export belong to standard documents (BR-KSA-31, XML standard 1.1). */
const standardOnly: ReadonlySet<TransactionFlag> = new Set(['selfBilled', 'export'])

export function Heading() {
  const { language, texts } = usePreferences()
  const { draft, set } = useEditor()
  const { kind = 'invoice', profile = 'standard', currency = 'SAR' } = draft
  return (
    <section className="sheet-head">
      <div className="sheet-title">
        <h1>{documentTitles[profile][kind][language]}</h1>
        <p className="dim">{texts.profileNotes[profile]}</p>
      </div>
      <div className="sheet-kind">
        <SegmentedControl
          size="sm"
          aria-label={texts.editor.kind}
          value={kind}
          onChange={(value) => set('kind', value)}
          data={documentKinds.map((value) => ({ value, label: texts.kinds[value] }))}
        />
        <SegmentedControl
          size="sm"
          aria-label={texts.editor.profile}
          value={profile}
          onChange={(value) => set('profile', value)}
          data={profiles.map((value) => ({ value, label: texts.profiles[value] }))}
        />
      </div>
      <div className="sheet-fields">
        <DraftField field="number" label={texts.editor.number} />
        <DraftField field="issueDate" label={texts.editor.issueDate} placeholder={texts.editor.issueDateNow} />
        <DraftField field="supplyDate" label={texts.editor.supplyDate} placeholder="YYYY-MM-DD" />
        {draft.flags?.summary || draft.flags?.continuous ? (
          <DraftField field="supplyEndDate" label={texts.editor.supplyEndDate} placeholder="YYYY-MM-DD" />
        ) : null}
        <DraftField field="currency" label={texts.editor.currency} />
        {currency === 'SAR' || currency === '' ? null : (
          <DraftField field="exchangeRate" label={`${texts.editor.exchangeRate} ${currency}`} />
        )}
        <fieldset className="flags">
          <legend className="visually-hidden">{texts.editor.flags}</legend>
          {offeredFlags.map((flag) => (
            <Checkbox
              key={flag}
              size="xs"
              label={texts.flags[flag]}
              disabled={profile === 'simplified' && standardOnly.has(flag)}
              checked={draft.flags?.[flag] ?? false}
              onChange={(event) => set(`flags.${flag}`, event.currentTarget.checked)}
            />
          ))}
        </fieldset>
      </div>
    </section>
  )
}
