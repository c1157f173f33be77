/** Payment, references to the buyer's papers, and a note. */
import { paymentMeansTable } from '#core/invoice/codes/payment-means.ts'
import { usePreferences } from '../../preferences.tsx'
import { DraftField, DraftSelect } from './draft-field.tsx'

export function Payment() {
  const { language, texts } = usePreferences()
  const means = Object.entries(paymentMeansTable).map(([value, names]) => ({ value, label: names[language] }))
  return (
    <section className="payment" aria-label={texts.editor.payment}>
      <DraftSelect field="payment.means" label={texts.editor.paymentMeans} options={means} />
      <DraftField field="payment.terms" label={texts.editor.paymentTerms} />
      <DraftField field="payment.account" label={texts.editor.account} />
      <DraftField field="purchaseOrder" label={texts.editor.purchaseOrder} />
      <DraftField field="contract" label={texts.editor.contract} />
      <DraftField field="note" label={texts.editor.note} multiline className="wide" />
    </section>
  )
}
