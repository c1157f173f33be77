/** Add or change a company; every identifier is checked beside its field before ZATCA sees it. */
import { Button, NativeSelect } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type Control, Controller, type FieldPath, useForm, useWatch } from 'react-hook-form'
import {
  type IdentificationSchemeCode,
  identificationSchemes,
  schemePreference,
} from '#core/invoice/codes/identification-schemes.ts'
import { asciiIdentifier } from '#core/invoice/numerals.ts'
import { api } from '../../api.ts'
import { CheckedField } from '../../components/checked-field.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { goTo } from '../../place.ts'
import { usePreferences, useTexts } from '../../preferences.tsx'
import { type Company, type Inputs, useRefresh } from '../../queries.ts'
import { useWorkspace } from '../../workspace.tsx'
import {
  type Check,
  checkBuilding,
  checkCsrText,
  checkIdentifier,
  checkName,
  checkNeeded,
  checkPlot,
  checkPostalCode,
  checkVatNumber,
  utf8Bytes,
} from './checks.ts'

interface Form {
  readonly name: string
  readonly vatNumber: string
  readonly industry: string
  readonly scheme: IdentificationSchemeCode
  readonly identifier: string
  readonly street: string
  readonly building: string
  readonly plot: string
  readonly district: string
  readonly city: string
  readonly postalCode: string
}

const sellerSchemes = schemePreference.filter((code) => identificationSchemes[code].seller)
const isScheme = (code: string | undefined): code is IdentificationSchemeCode =>
  sellerSchemes.some((one) => one === code)

const formOf = (company: Company | undefined): Form => {
  const { id, address = {} } = company?.party ?? {}
  const { street = '', building = '', plot = '', district = '', city = '', postalCode = '' } = address
  return {
    name: company?.name ?? '',
    vatNumber: company?.vatNumber ?? '',
    industry: company?.industry ?? '',
    scheme: isScheme(id?.scheme) ? id.scheme : 'CRN',
    identifier: id?.value ?? '',
    ...{ street, building, plot, district, city, postalCode },
  }
}

const inputOf = (form: Form, company: Company | undefined): Inputs['companies']['create'] => {
  const { building, plot, postalCode } = form
  const numbers = { building: asciiIdentifier(building), postalCode: asciiIdentifier(postalCode) }
  const extra = plot.trim() === '' ? {} : { plot: asciiIdentifier(plot) }
  const { street, district, city } = form
  const address = {
    street: street.trim(),
    district: district.trim(),
    city: city.trim(),
    ...numbers,
    ...extra,
    country: 'SA',
  }
  return {
    name: form.name.trim(),
    vatNumber: asciiIdentifier(form.vatNumber),
    industry: form.industry.trim(),
    party: { ...company?.party, id: { scheme: form.scheme, value: asciiIdentifier(form.identifier) }, address },
  }
}

export function CompanyForm({ company }: { company?: Company }) {
  const { language, texts } = usePreferences()
  const refresh = useRefresh()
  const { choose } = useWorkspace()
  const { control, handleSubmit, register } = useForm<Form>({ defaultValues: formOf(company), mode: 'onTouched' })
  const [scheme, name] = useWatch({ control, name: ['scheme', 'name'] })
  const save = useMutation({
    mutationFn: (form: Form) => {
      const input = inputOf(form, company)
      return company === undefined ? api.companies.create(input) : api.companies.update({ id: company.id, ...input })
    },
    onSuccess: async (saved) => {
      await refresh('companies')
      choose(saved.id)
      goTo({ screen: 'companies' })
    },
  })
  return (
    <form className="page form" onSubmit={handleSubmit((form) => save.mutate(form))} noValidate>
      <h1>{company === undefined ? texts.companies.add : texts.companies.edit}</h1>
      <fieldset>
        <legend>{texts.companies.identity}</legend>
        <Checked
          control={control}
          name="name"
          label={texts.companies.name}
          check={checkName}
          wide
          hint={`${texts.companies.nameHint} ${texts.companies.nameBytes(utf8Bytes(name))}`}
        />
        <Checked control={control} name="vatNumber" label={texts.companies.vatNumber} check={checkVatNumber} latin />
        <Checked control={control} name="industry" label={texts.companies.industry} check={checkCsrText} />
        <NativeSelect
          label={texts.companies.idScheme}
          data={sellerSchemes.map((value) => ({ value, label: identificationSchemes[value][language] }))}
          {...register('scheme')}
        />
        <Checked
          control={control}
          name="identifier"
          label={texts.companies.idValue}
          check={checkIdentifier(scheme)}
          latin
        />
      </fieldset>
      <fieldset>
        <legend>{texts.companies.address}</legend>
        <Checked control={control} name="street" label={texts.companies.street} check={checkNeeded} wide />
        <Checked control={control} name="building" label={texts.companies.building} check={checkBuilding} latin />
        <Checked control={control} name="plot" label={texts.companies.plot} check={checkPlot} latin />
        <Checked control={control} name="district" label={texts.companies.district} check={checkNeeded} />
        <Checked control={control} name="city" label={texts.companies.city} check={checkNeeded} />
        <Checked control={control} name="postalCode" label={texts.companies.postalCode} check={checkPostalCode} latin />
      </fieldset>
      <FailureNotice error={save.error} />
      <div className="actions">
        <Button type="submit" loading={save.isPending}>
          {texts.companies.save}
        </Button>
        <Button variant="default" onClick={() => goTo({ screen: 'companies' })}>
          {texts.common.cancel}
        </Button>
      </div>
    </form>
  )
}

interface CheckedProps {
  readonly control: Control<Form>
  readonly name: FieldPath<Form>
  readonly label: string
  readonly check: Check
  readonly hint?: string
  readonly wide?: boolean
  readonly latin?: boolean
}

function Checked({ control, name, label, check, hint, wide = false, latin = false }: CheckedProps) {
  const { checks } = useTexts()
  return (
    <Controller
      control={control}
      name={name}
      rules={{ validate: (text) => check(text, checks) ?? true }}
      render={({ field, fieldState }) => (
        <CheckedField
          {...field}
          label={label}
          latin={latin}
          finding={fieldState.error?.message}
          {...(hint && { description: hint })}
          {...(wide && { className: 'wide' })}
        />
      )}
    />
  )
}
