/** What only some kinds carry: originals and reason of a note, prepayments that an invoice settles. */
import { Button } from '@mantine/core'
import { isNote } from '#core/invoice/codes/document-kinds.ts'
import { noteReasons } from '#core/invoice/codes/note-reasons.ts'
import { usePreferences } from '../../preferences.tsx'
import { AddButton, RemoveButton } from './adjustments.tsx'
import { useEditor } from './context.tsx'
import { DraftField } from './draft-field.tsx'

export function References() {
  const { draft } = useEditor()
  if (draft.kind === undefined) return null
  if (isNote(draft.kind)) return <Originals />
  return draft.kind === 'invoice' ? <Prepayments /> : null
}

function Originals() {
  const { texts } = usePreferences()
  const { draft, set } = useEditor()
  const originals = draft.originals?.length ? draft.originals : [{}]
  return (
    <section className="references" aria-label={texts.editor.originals}>
      <h2>{texts.editor.originals}</h2>
      {originals.map((_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a reference is its position; inputs are controlled
        <div key={index} className="reference">
          <DraftField field={`originals[${index}].number`} label={texts.editor.original} />
          <DraftField
            field={`originals[${index}].issueDate`}
            label={texts.editor.originalDate}
            placeholder="YYYY-MM-DD"
          />
          {originals.length > 1 ? (
            <RemoveButton
              label={`${texts.common.remove} ${index + 1}`}
              remove={() =>
                set(
                  'originals',
                  originals.filter((_, position) => position !== index),
                )
              }
            />
          ) : null}
        </div>
      ))}
      <AddButton label={texts.editor.addOriginal} add={() => set('originals', [...originals, {}])} />
      <NoteReason />
    </section>
  )
}

/** Free text; the legal occasions are one click away (VAT Regulations, Articles 40 and 54). */
function NoteReason() {
  const { language, texts } = usePreferences()
  const { set } = useEditor()
  return (
    <div className="note-reason">
      <DraftField field="reason" label={texts.editor.noteReason} />
      <div className="suggestions">
        {Object.values(noteReasons).map((reason) => (
          <Button key={reason.en} variant="default" size="compact-xs" onClick={() => set('reason', reason[language])}>
            {reason[language]}
          </Button>
        ))}
      </div>
    </div>
  )
}

function Prepayments() {
  const { texts } = usePreferences()
  const { draft, set } = useEditor()
  const { prepayments = [] } = draft
  if (prepayments.length === 0) return null
  return (
    <section className="references" aria-label={texts.editor.prepayments}>
      <h2>{texts.editor.prepayments}</h2>
      {prepayments.map((_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a prepayment is its position; inputs are controlled
        <div key={index} className="reference">
          <DraftField field={`prepayments[${index}].number`} label={texts.editor.prepaymentNumber} />
          <DraftField
            field={`prepayments[${index}].issueDate`}
            label={texts.editor.prepaymentDate}
            placeholder="YYYY-MM-DD"
          />
          <DraftField
            field={`prepayments[${index}].issueTime`}
            label={texts.editor.prepaymentTime}
            placeholder="HH:MM"
          />
          <DraftField field={`prepayments[${index}].taxable`} label={texts.editor.prepaymentTaxable} />
          <RemoveButton
            label={`${texts.common.remove} ${index + 1}`}
            remove={() =>
              set(
                'prepayments',
                prepayments.filter((_, position) => position !== index),
              )
            }
          />
        </div>
      ))}
    </section>
  )
}
