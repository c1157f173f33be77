/** First step: what the unit is. Production is chosen by writing the word. */
import { Button, Radio } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Controller, useForm } from 'react-hook-form'
import { asciiIdentifier } from '#core/invoice/numerals.ts'
import { type Environment, functionalities } from '#core/vocabulary.ts'
import { api } from '../../api.ts'
import { CheckedField } from '../../components/checked-field.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { goTo } from '../../place.ts'
import { useTexts } from '../../preferences.tsx'
import { type Company, type Inputs, infoQuery, useRefresh } from '../../queries.ts'
import { useWorkspace } from '../../workspace.tsx'
import { checkBranch, checkCsrText, isVatGroup } from '../companies/checks.ts'

type Form = Omit<Inputs['units']['create'], 'companyId'> & { readonly confirmation: string }

export function UnitStep({ company }: { company: Company }) {
  const texts = useTexts()
  const refresh = useRefresh()
  const { choose } = useWorkspace()
  const environments = useQuery(infoQuery).data?.environments ?? []
  const group = isVatGroup(company.vatNumber)
  const [first = 'PRACTICE' as const] = environments
  const { control, register, handleSubmit, formState, watch } = useForm<Form>({
    defaultValues: { environment: first, name: '', branch: '', functionality: '1100', confirmation: '' },
    mode: 'onTouched',
  })
  const environment: Environment = watch('environment')
  const create = useMutation({
    mutationFn: ({ confirmation: _confirmation, ...unit }: Form) =>
      api.units.create({
        ...unit,
        branch: group ? asciiIdentifier(unit.branch) : unit.branch.trim(),
        companyId: company.id,
      }),
    onSuccess: async (unit) => {
      await refresh('units')
      choose(company.id, unit.id)
      goTo({ screen: 'onboarding', id: unit.id })
    },
  })
  const { errors } = formState
  return (
    <form onSubmit={handleSubmit((form) => create.mutate(form))} noValidate>
      <h2>{texts.onboarding.unitTitle}</h2>
      <p className="dim">{texts.onboarding.unitLead}</p>
      <Controller
        control={control}
        name="environment"
        render={({ field }) => (
          <Radio.Group label={texts.onboarding.environment} {...field}>
            <div className="choices">
              {environments.map((value) => (
                <Radio.Card
                  key={value}
                  value={value}
                  className="choice"
                  data-environment={value}
                  aria-label={texts.environments[value]}
                >
                  <strong>{texts.environments[value]}</strong>
                  <span className="dim">{texts.environmentNotes[value]}</span>
                </Radio.Card>
              ))}
            </div>
          </Radio.Group>
        )}
      />
      <div className="fields">
        <CheckedField
          label={texts.onboarding.unitName}
          description={texts.onboarding.unitNameHint}
          finding={errors.name?.message}
          {...register('name', { validate: (text) => checkCsrText(text, texts.checks) ?? true })}
        />
        <CheckedField
          label={group ? texts.onboarding.branchGroup : texts.onboarding.branch}
          description={group ? texts.checks.branchTin : company.party.address?.city}
          latin={group}
          finding={errors.branch?.message}
          {...register('branch', { validate: (text) => checkBranch(group)(text, texts.checks) ?? true })}
        />
      </div>
      <Controller
        control={control}
        name="functionality"
        render={({ field }) => (
          <Radio.Group label={texts.onboarding.functionality} {...field}>
            <div className="choices">
              {[...functionalities].reverse().map((value) => (
                <Radio.Card key={value} value={value} className="choice" aria-label={texts.functionalities[value]}>
                  <strong>{texts.functionalities[value]}</strong>
                  <span className="dim">{texts.functionalityNotes[value]}</span>
                </Radio.Card>
              ))}
            </div>
          </Radio.Group>
        )}
      />
      {environment === 'PRODUCTION' ? (
        <CheckedField
          label={texts.onboarding.confirmProduction}
          finding={errors.confirmation?.message}
          {...register('confirmation', {
            validate: (text) => text.trim() === texts.onboarding.productionWord || texts.onboarding.confirmWrong,
          })}
        />
      ) : null}
      <FailureNotice error={create.error} lead={texts.onboarding.failedAt(texts.onboarding.steps.unit)} />
      <Button type="submit" loading={create.isPending}>
        {texts.onboarding.createUnit}
      </Button>
    </form>
  )
}
