/** Where backups go, when, how many stay and what opens them: shown, and on the desktop chosen here. */
import { Button, Checkbox, NativeSelect, PasswordInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type UseFormReturn, useForm } from 'react-hook-form'
import { api } from '../../api.ts'
import { CheckedField } from '../../components/checked-field.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { useTexts } from '../../preferences.tsx'
import { type BackupOverview, type Inputs, useRefresh } from '../../queries.ts'
import { NewPassword } from '../access/new-password.tsx'
import { minimumLength } from '../access/strength.ts'

type Plan = NonNullable<BackupOverview['plan']>

export function PlanFacts({ plan, changeable }: { plan: Plan; changeable: boolean }) {
  const { backupPlan: texts } = useTexts()
  return (
    <>
      <dl className="plan-facts">
        <dt>{texts.folder}</dt>
        <dd>
          <bdi dir="ltr" className="code backup-target">
            {plan.folder}
          </bdi>
        </dd>
        <dt>{texts.hour}</dt>
        <dd>{texts.daily(clockOf(plan.hour))}</dd>
        <dt>{texts.keep}</dt>
        <dd>{texts.kept(plan.keep)}</dd>
        <dt>{texts.opensWith}</dt>
        <dd>{texts.keyKinds[plan.keyKind]}</dd>
      </dl>
      {changeable ? null : <p className="dim">{texts.fixed}</p>}
    </>
  )
}

/** `2` as `02:00`. */
const clockOf = (hour: number): string => `${String(hour).padStart(2, '0')}:00`

interface Form {
  readonly folder: string
  readonly hour: string
  readonly keep: string
  readonly newPassphrase: boolean
  readonly passphrase: string
  readonly repeat: string
}

const standard = { folder: '', hour: 13, keep: 30 }

const inputOf = ({ folder, hour, keep, newPassphrase, passphrase }: Form): Inputs['backups']['plan'] => ({
  folder: folder.trim(),
  hour: Number(hour),
  keep: Number(keep),
  ...(newPassphrase && { passphrase }),
})

export function PlanForm({ plan, close }: { plan: Plan | undefined; close: () => void }) {
  const texts = useTexts()
  const refresh = useRefresh()
  const { folder, hour, keep } = plan ?? standard
  const form = useForm<Form>({
    defaultValues: {
      folder,
      hour: String(hour),
      keep: String(keep),
      newPassphrase: plan === undefined,
      passphrase: '',
      repeat: '',
    },
    mode: 'onTouched',
  })
  const save = useMutation({
    mutationFn: (values: Form) => api.backups.plan(inputOf(values)),
    onSuccess: async () => {
      await refresh('backups')
      close()
    },
  })
  return (
    <form
      className="confirmation backup-form"
      aria-label={texts.backupPlan.title}
      onSubmit={form.handleSubmit((values) => save.mutate(values))}
      noValidate
    >
      <PlaceAndTime form={form} keep={keep} />
      <Passphrase form={form} isFirst={plan === undefined} />
      <FailureNotice error={save.error} brief />
      <div className="actions">
        <Button type="submit" loading={save.isPending}>
          {texts.backupPlan.save}
        </Button>
        <Button variant="default" onClick={close}>
          {texts.common.cancel}
        </Button>
      </div>
    </form>
  )
}

interface PartProps {
  readonly form: UseFormReturn<Form>
}

const everyHour = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: clockOf(hour) }))
const usualCounts = [7, 14, 30, 60, 90]

function PlaceAndTime({ form: { register, setValue, formState }, keep }: PartProps & { keep: number }) {
  const { backupPlan: texts } = useTexts()
  const choose = useMutation({
    mutationFn: () => api.backups.chooseFolder(),
    onSuccess: ({ folder }) => folder !== undefined && setValue('folder', folder, { shouldValidate: true }),
  })
  const counts = [...new Set([...usualCounts, keep])].sort((one, other) => one - other)
  return (
    <>
      <div className="folder-choice">
        <CheckedField
          label={texts.folder}
          description={texts.folderHint}
          latin
          finding={formState.errors.folder?.message}
          {...register('folder', { required: texts.folderNeeded })}
        />
        <Button variant="default" size="sm" loading={choose.isPending} onClick={() => choose.mutate()}>
          {texts.chooseFolder}
        </Button>
      </div>
      <FailureNotice error={choose.error} brief />
      <div className="pair">
        <NativeSelect label={texts.hour} description={texts.hourHint} data={everyHour} {...register('hour')} />
        <NativeSelect
          label={texts.keep}
          description={texts.keepHint}
          data={counts.map((count) => ({ value: String(count), label: texts.kept(count) }))}
          {...register('keep')}
        />
      </div>
    </>
  )
}

function Passphrase({ form: { register, watch, formState }, isFirst }: PartProps & { isFirst: boolean }) {
  const { backupPlan: texts, access } = useTexts()
  const [passphrase, isNew] = watch(['passphrase', 'newPassphrase'])
  const { errors } = formState
  return (
    <>
      {isFirst ? null : <Checkbox label={texts.newPassphrase} {...register('newPassphrase')} />}
      {isNew ? (
        <>
          <p className="warning-text passphrase-warning">{texts.passphraseWarning}</p>
          {isFirst ? null : <p className="dim">{texts.earlierBackups}</p>}
          <div className="pair">
            <div>
              <NewPassword
                label={texts.passphrase}
                value={passphrase}
                finding={errors.passphrase?.message}
                field={register('passphrase', {
                  required: texts.passphraseNeeded,
                  minLength: { value: minimumLength, message: access.strengthHint },
                })}
              />
            </div>
            <PasswordInput
              label={texts.repeat}
              description={texts.repeatHint}
              autoComplete="new-password"
              size="sm"
              error={errors.repeat?.message}
              {...register('repeat', { validate: (repeat, all) => repeat === all.passphrase || texts.mismatch })}
            />
          </div>
          <p className="dim">{texts.passphraseKept}</p>
        </>
      ) : null}
    </>
  )
}
