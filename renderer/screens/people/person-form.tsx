/** Add or change a person: name, role with what it allows, the clients to work for, and for a new one the password that is handed over. */
import { Button, Radio } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Controller, useForm, useWatch } from 'react-hook-form'
import { type Role, roles } from '#core/vocabulary.ts'
import { api } from '../../api.ts'
import { CheckedField } from '../../components/checked-field.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { goTo } from '../../place.ts'
import { useTexts } from '../../preferences.tsx'
import { infoQuery, type Member, meQuery, useRefresh } from '../../queries.ts'
import { NewPassword, useNewPasswordRules } from '../access/new-password.tsx'
import { type Assignment, CompanyChoice } from './company-choice.tsx'

interface Form {
  readonly name: string
  readonly username: string
  readonly role: Role
  readonly companies: Assignment
  readonly subject: string
  readonly password: string
}

const isRole = (word: string): word is Role => roles.some((role) => role === word)

export function PersonForm({ member }: { member?: Member }) {
  const texts = useTexts()
  const refresh = useRefresh()
  const rules = useNewPasswordRules()
  const mine = useQuery(meQuery).data?.companies
  const elsewhere = useQuery(infoQuery).data?.signInService === true
  const { control, handleSubmit, register, formState } = useForm<Form>({
    defaultValues: {
      name: member?.name ?? '',
      username: member?.username ?? '',
      role: member?.role ?? 'accountant',
      companies: member?.companies ?? (mine === 'all' || mine === undefined ? 'all' : [...mine]),
      subject: member?.subject ?? '',
      password: '',
    },
    mode: 'onTouched',
  })
  const close = () => goTo({ screen: 'people' })
  const save = useMutation({
    mutationFn: ({ name, username, role, companies, subject, password }: Form) =>
      member === undefined
        ? api.users.add({ name, username, role, companies, password })
        : api.users.change({
            id: member.id,
            name,
            role,
            companies,
            ...(elsewhere ? { subject: subject.trim() || null } : {}),
          }),
    onSuccess: async () => {
      await refresh('people', 'me')
      close()
    },
  })
  const password = useWatch({ control, name: 'password' })
  const { errors } = formState
  return (
    <form className="page form" onSubmit={handleSubmit((form) => save.mutate(form))} noValidate>
      <h1>{member === undefined ? texts.people.add : texts.people.edit}</h1>
      <fieldset>
        <legend>{texts.people.identity}</legend>
        <CheckedField
          label={texts.access.name}
          finding={errors.name?.message}
          {...register('name', { required: texts.access.nameNeeded })}
        />
        <CheckedField
          label={texts.access.username}
          latin
          readOnly={member !== undefined}
          finding={errors.username?.message}
          {...register('username', {
            required: texts.access.usernameNeeded,
            minLength: { value: 3, message: texts.access.usernameNeeded },
          })}
        />
        {member !== undefined && elsewhere ? (
          <CheckedField
            label={texts.people.subject}
            description={texts.people.subjectNote}
            latin
            {...register('subject')}
          />
        ) : null}
      </fieldset>
      <fieldset>
        <legend>{texts.people.role}</legend>
        <Controller
          control={control}
          name="role"
          render={({ field }) => (
            <Radio.Group
              className="wide"
              aria-label={texts.people.role}
              value={field.value}
              onChange={(word) => isRole(word) && field.onChange(word)}
            >
              <RoleChoices />
            </Radio.Group>
          )}
        />
      </fieldset>
      <fieldset>
        <legend>{texts.people.companies}</legend>
        <Controller
          control={control}
          name="companies"
          render={({ field }) => <CompanyChoice value={field.value} onChange={field.onChange} />}
        />
      </fieldset>
      {member === undefined ? (
        <fieldset>
          <legend>{texts.access.password}</legend>
          <div className="wide">
            <p className="dim">{texts.people.handOver}</p>
            <NewPassword
              label={texts.people.next}
              value={password}
              finding={errors.password?.message}
              field={register('password', rules)}
            />
          </div>
        </fieldset>
      ) : null}
      <FailureNotice error={save.error} />
      <div className="actions">
        <Button type="submit" loading={save.isPending}>
          {texts.people.save}
        </Button>
        <Button variant="default" onClick={close}>
          {texts.common.cancel}
        </Button>
      </div>
    </form>
  )
}

/** Only an owner sees the choice of another owner: the server refuses it from anybody else. */
function RoleChoices() {
  const texts = useTexts()
  const isOwner = useQuery(meQuery).data?.role === 'owner'
  return roles.map((role) => (
    <Radio
      key={role}
      value={role}
      mt={8}
      disabled={role === 'owner' && !isOwner}
      label={texts.roles[role].name}
      description={texts.roles[role].may}
    />
  ))
}
