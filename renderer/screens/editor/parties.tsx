/** Seller as the document will show it, and the buyer to fill in. */
import { identificationSchemes, schemePreference } from '#core/invoice/codes/identification-schemes.ts'
import { usePreferences } from '../../preferences.tsx'
import type { Company } from '../../queries.ts'
import { useEditor } from './context.tsx'
import { countryOptions } from './countries.ts'
import { DraftField, DraftSelect } from './draft-field.tsx'

export function Seller({ company }: { company: Company }) {
  const { texts } = usePreferences()
  const { building, street, district, city, postalCode } = company.party.address ?? {}
  const place = [[building, street].filter(Boolean).join(' '), district, [city, postalCode].filter(Boolean).join(' ')]
  return (
    <section className="party" aria-label={texts.editor.seller}>
      <h2>{texts.editor.seller}</h2>
      <p className="party-name">{company.name}</p>
      <p className="dim">
        {texts.frame.vat} <bdi dir="ltr">{company.vatNumber}</bdi>
      </p>
      <p className="dim">{place.filter(Boolean).join('، ')}</p>
    </section>
  )
}

export function Buyer() {
  const { language, texts } = usePreferences()
  const { draft } = useEditor()
  const schemes = schemePreference.map((code) => ({ value: code, label: identificationSchemes[code][language] }))
  return (
    <section className="party" aria-label={texts.editor.buyer}>
      <h2>
        {texts.editor.buyer}
        {draft.profile === 'simplified' ? <span className="dim"> {texts.editor.buyerOptional}</span> : null}
      </h2>
      <div className="party-fields">
        <DraftField field="buyer.name" label={texts.editor.buyerName} className="wide" />
        <DraftField field="buyer.vatNumber" label={texts.editor.buyerVat} />
        <DraftSelect
          field="buyer.id.scheme"
          label={texts.editor.buyerIdScheme}
          options={[{ value: '', label: texts.common.none }, ...schemes]}
        />
        <DraftField field="buyer.id.value" label={texts.editor.buyerIdValue} />
        <DraftSelect field="buyer.address.country" label={texts.editor.country} options={countryOptions(language)} />
        <DraftField field="buyer.address.street" label={texts.companies.street} className="wide" />
        <DraftField field="buyer.address.building" label={texts.companies.building} />
        <DraftField field="buyer.address.district" label={texts.companies.district} />
        <DraftField field="buyer.address.city" label={texts.companies.city} />
        <DraftField field="buyer.address.postalCode" label={texts.companies.postalCode} />
      </div>
    </section>
  )
}
