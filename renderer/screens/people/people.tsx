/** The people of the office: who may do what, who is locked out, who left. */
import { Button } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Loading } from '../../components/loading.tsx'
import { goTo, usePlace } from '../../place.ts'
import { usePreferences, useTexts } from '../../preferences.tsx'
import { type Inputs, type Member, meQuery, peopleQuery, useCompanies, useRefresh } from '../../queries.ts'
import { OwnPassword, ResetPassword } from './password-form.tsx'
import { PersonForm } from './person-form.tsx'

export function People() {
  const { id } = usePlace()
  return id === 'me' ? <OwnPassword /> : <Everybody />
}

function Everybody() {
  const texts = useTexts()
  const { id, action } = usePlace()
  const { data, error, isPending } = useQuery(peopleQuery)
  if (isPending) return <Loading />
  if (error !== null) return <FailureNotice error={error} />
  const open = data.find((member) => member.id === id)
  if (open !== undefined && action === 'password') return <ResetPassword member={open} />
  if (id === 'new' || open !== undefined) return <PersonForm key={id} {...(open && { member: open })} />
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{texts.people.title}</h1>
          <p className="dim">{texts.people.lead}</p>
        </div>
        <Button leftSection={<IconUserPlus size={16} />} onClick={() => goTo({ screen: 'people', id: 'new' })}>
          {texts.people.add}
        </Button>
      </header>
      {data.map((member) => (
        <Person key={member.id} member={member} />
      ))}
    </div>
  )
}

function Person({ member }: { member: Member }) {
  const { texts } = usePreferences()
  const refresh = useRefresh()
  const isSelf = useQuery(meQuery).data?.id === member.id
  const change = useMutation({
    mutationFn: (input: Inputs['users']['change']) => api.users.change(input),
    onSuccess: () => refresh('people'),
  })
  const reset = useMutation({
    mutationFn: (id: string) => api.users.resetTotp({ id }),
    onSuccess: () => refresh('people'),
  })
  return (
    <article className="company" aria-label={member.name} data-inactive={!member.active}>
      <header>
        <div>
          <h2>
            <bdi>{member.name}</bdi> {isSelf ? <span className="tag">{texts.people.you}</span> : null}
          </h2>
          <p className="dim">
            <bdi dir="ltr">{member.username}</bdi>
            {' · '}
            {texts.roles[member.role].name}
            {' · '}
            <WorksFor companies={member.companies} />
            <Remark member={member} />
          </p>
        </div>
        <div className="actions">
          <Button variant="default" onClick={() => goTo({ screen: 'people', id: member.id })}>
            {texts.common.edit}
          </Button>
          <Button
            variant="default"
            onClick={() =>
              goTo({ screen: 'people', ...(isSelf ? { id: 'me' } : { id: member.id, action: 'password' }) })
            }
          >
            {texts.people.newPassword}
          </Button>
          {isSelf || !member.totp ? null : (
            <Button variant="default" loading={reset.isPending} onClick={() => reset.mutate(member.id)}>
              {texts.people.secondReset}
            </Button>
          )}
          {isSelf ? null : (
            <Button
              variant="default"
              loading={change.isPending}
              onClick={() => change.mutate({ id: member.id, active: !member.active })}
            >
              {member.active ? texts.people.deactivate : texts.people.activate}
            </Button>
          )}
        </div>
      </header>
      <FailureNotice error={change.error ?? reset.error} brief />
    </article>
  )
}

/** By name while they are few. */
function WorksFor({ companies }: Pick<Member, 'companies'>) {
  const { people } = useTexts()
  const known = useCompanies()
  if (companies === 'all') return people.allCompanies
  const names = known.filter(({ id }) => companies.includes(id)).map(({ name }) => name)
  if (names.length === 0 || names.length < companies.length || names.length > 3)
    return people.worksFor(companies.length)
  return names.map((name, index) => (
    <span key={name}>
      {index === 0 ? '' : people.comma}
      <bdi>{name}</bdi>
    </span>
  ))
}

/** What is special about somebody, in words. */
function Remark({ member }: { member: Member }) {
  const { people } = useTexts()
  const remarks = [
    member.active ? undefined : people.inactive,
    member.lockedUntil === undefined || Date.parse(member.lockedUntil) < Date.now() ? undefined : people.locked,
    member.active && member.mustChangePassword ? people.mustChange : undefined,
    member.totp ? people.secondUsed : undefined,
  ].filter((remark) => remark !== undefined)
  return remarks.map((remark) => <span key={remark}> · {remark}</span>)
}
