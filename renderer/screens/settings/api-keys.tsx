/** Keys of programs: make one and copy it once, see when each was used, revoke it. */
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Role, roles } from '#core/vocabulary.ts'
import { api } from '../../api.ts'
import { riyadhTime } from '../../components/dates.ts'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { useTexts } from '../../preferences.tsx'
import { type ApiKey, apiKeysQuery, useCompanies, useRefresh } from '../../queries.ts'
import { CompanyChoice } from './company-choice.tsx'
import { ShownOnce } from './shown-once.tsx'

export function ApiKeys() {
  const { programs } = useTexts()
  const { data, error } = useQuery(apiKeysQuery)
  return (
    <section aria-label={programs.keys} className="backups">
      <h2>{programs.keys}</h2>
      <p className="dim">{programs.keysLead}</p>
      <NewKey />
      <FailureNotice error={error} brief />
      {data === undefined ? null : data.length === 0 ? <p className="dim">{programs.noKeys}</p> : <Keys keys={data} />}
    </section>
  )
}

const day = 24 * 3_600_000
const lengths = { lasting: undefined, quarter: 90 * day, year: 365 * day } as const
const isLength = (word: string): word is keyof typeof lengths => Object.hasOwn(lengths, word)
const granted: readonly Role[] = roles.filter((role) => role !== 'owner')
const isRole = (word: string): word is Role => granted.some((role) => role === word)

interface Form {
  readonly name: string
  readonly role: Role
  /** Blank: all */
  readonly companyId: string
  readonly length: string
}

function NewKey() {
  const texts = useTexts()
  const { programs } = texts
  const refresh = useRefresh()
  const [form, setForm] = useState<Form>({ name: '', role: 'issuer', companyId: '', length: 'lasting' })
  const create = useMutation({
    mutationFn: () => {
      const length = isLength(form.length) ? lengths[form.length] : undefined
      return api.apiKeys.create({
        name: form.name,
        role: form.role,
        ...(form.companyId === '' ? {} : { companies: [form.companyId] }),
        ...(length === undefined ? {} : { expiresAt: new Date(Date.now() + length).toISOString() }),
      })
    },
    onSuccess: async () => {
      setForm((before) => ({ ...before, name: '' }))
      await refresh('apiKeys')
    },
  })
  return (
    <form
      className="program-form"
      onSubmit={(event) => {
        event.preventDefault()
        create.mutate()
      }}
    >
      <TextInput
        label={programs.name}
        value={form.name}
        maxLength={100}
        required
        onChange={({ currentTarget: { value } }) => setForm((before) => ({ ...before, name: value }))}
      />
      <NativeSelect
        label={programs.role}
        value={form.role}
        data={granted.map((role) => ({ value: role, label: texts.roles[role].name }))}
        onChange={({ currentTarget: { value } }) => isRole(value) && setForm((before) => ({ ...before, role: value }))}
      />
      <CompanyChoice value={form.companyId} onChange={(companyId) => setForm((before) => ({ ...before, companyId }))} />
      <NativeSelect
        label={programs.ends}
        value={form.length}
        data={Object.keys(lengths)
          .filter(isLength)
          .map((length) => ({ value: length, label: programs[length] }))}
        onChange={({ currentTarget: { value } }) => setForm((before) => ({ ...before, length: value }))}
      />
      <Button type="submit" loading={create.isPending}>
        {programs.createKey}
      </Button>
      <FailureNotice error={create.error} brief />
      {create.data === undefined ? null : <ShownOnce label={programs.key} value={create.data.apiKey} />}
    </form>
  )
}

function Keys({ keys }: { keys: readonly ApiKey[] }) {
  const { programs } = useTexts()
  return (
    <table className="board-table" aria-label={programs.keys}>
      <thead>
        <tr>
          <th scope="col">{programs.name}</th>
          <th scope="col">{programs.key}</th>
          <th scope="col">{programs.role}</th>
          <th scope="col">{programs.companies}</th>
          <th scope="col">{programs.lastUsed}</th>
          <th scope="col">{programs.state}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <Key key={key.id} apiKey={key} />
        ))}
      </tbody>
    </table>
  )
}

function Key({ apiKey }: { apiKey: ApiKey }) {
  const texts = useTexts()
  const { programs } = texts
  const refresh = useRefresh()
  const companies = useCompanies()
  const { id, name, prefix, role, state, lastUsedAt } = apiKey
  const revoke = useMutation({ mutationFn: () => api.apiKeys.revoke({ id }), onSettled: () => refresh('apiKeys') })
  const names = apiKey.companies?.map((one) => companies.find((company) => company.id === one)?.name ?? one)
  return (
    <tr data-inactive={state !== 'valid'}>
      <th scope="row">
        <bdi>{name}</bdi>
      </th>
      <td>
        <bdi dir="ltr" className="code">
          {prefix}…
        </bdi>
      </td>
      <td>{texts.roles[role].name}</td>
      <td>{names?.join(texts.people.comma) ?? programs.allCompanies}</td>
      <td>{lastUsedAt === undefined ? programs.never : <bdi dir="ltr">{riyadhTime(lastUsedAt)}</bdi>}</td>
      <td>{programs.keyStates[state]}</td>
      <td>
        {state === 'revoked' ? null : (
          <Button size="compact-sm" variant="default" loading={revoke.isPending} onClick={() => revoke.mutate()}>
            {programs.revoke}
          </Button>
        )}
        <FailureNotice error={revoke.error} brief />
      </td>
    </tr>
  )
}
