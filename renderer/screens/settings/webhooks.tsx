/** Webhooks: whom we tell of what, whether it arrives, and a message to try it. */
import { Button, Checkbox, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type EventType, eventTypes } from '#core/vocabulary.ts'
import { api } from '../../api.ts'
import { riyadhTime } from '../../components/dates.ts'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { useTexts } from '../../preferences.tsx'
import { type Delivery, deliveriesQuery, useRefresh, type Webhook, webhooksQuery } from '../../queries.ts'
import { CompanyChoice } from './company-choice.tsx'
import { ShownOnce } from './shown-once.tsx'

export function Webhooks() {
  const { programs } = useTexts()
  const { data, error } = useQuery(webhooksQuery)
  return (
    <section aria-label={programs.webhooks} className="backups">
      <h2>{programs.webhooks}</h2>
      <p className="dim">{programs.webhooksLead}</p>
      <NewWebhook />
      <FailureNotice error={error} brief />
      {data?.length === 0 ? <p className="dim">{programs.noWebhooks}</p> : null}
      {data?.map((webhook) => (
        <OneWebhook key={webhook.id} webhook={webhook} />
      ))}
    </section>
  )
}

/** The test button has an event of its own that nobody subscribes to. */
const offered: readonly EventType[] = eventTypes.filter((type) => type !== 'webhook.test')
const isEvent = (word: string): word is EventType => offered.some((type) => type === word)
const usual: readonly EventType[] = ['invoice.cleared', 'invoice.reported', 'invoice.rejected', 'invoice.held']

function NewWebhook() {
  const { programs } = useTexts()
  const refresh = useRefresh()
  const [url, setUrl] = useState('')
  const [companyId, setCompanyId] = useState('')
  const [events, setEvents] = useState(usual)
  const create = useMutation({
    mutationFn: () =>
      api.webhooks.create({ url, events: [...events], ...(companyId === '' ? {} : { companies: [companyId] }) }),
    onSuccess: async () => {
      setUrl('')
      await refresh('webhooks')
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
        className="address"
        label={programs.url}
        dir="ltr"
        type="url"
        value={url}
        required
        onChange={({ currentTarget }) => setUrl(currentTarget.value)}
      />
      <CompanyChoice value={companyId} onChange={setCompanyId} />
      <Checkbox.Group
        className="wide"
        label={programs.events}
        value={[...events]}
        onChange={(chosen) => setEvents(chosen.filter(isEvent))}
      >
        <div className="event-choices">
          {offered.map((type) => (
            <Checkbox key={type} value={type} label={programs.eventNames[type]} />
          ))}
        </div>
      </Checkbox.Group>
      <Button type="submit" disabled={events.length === 0} loading={create.isPending}>
        {programs.createWebhook}
      </Button>
      <FailureNotice error={create.error} brief />
      {create.data === undefined ? null : (
        <ShownOnce label={programs.verificationKey} value={create.data.verificationKey} />
      )}
    </form>
  )
}

function OneWebhook({ webhook }: { webhook: Webhook }) {
  const { programs } = useTexts()
  const refresh = useRefresh()
  const { id, url, active, events } = webhook
  const settled = { onSettled: () => refresh('webhooks', 'deliveries') }
  const change = useMutation({ mutationFn: () => api.webhooks.change({ id, active: !active }), ...settled })
  const test = useMutation({ mutationFn: () => api.webhooks.test({ id }), ...settled })
  const remove = useMutation({ mutationFn: () => api.webhooks.remove({ id }), ...settled })
  return (
    <article className="company" aria-label={url} data-inactive={!active}>
      <header>
        <div>
          <h3>
            <bdi dir="ltr" className="code">
              {url}
            </bdi>{' '}
            <span className="tag">{active ? programs.on : programs.off}</span>
          </h3>
          <p className="dim">{events.map((type) => programs.eventNames[type]).join(' · ')}</p>
        </div>
        <div className="actions">
          <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
            {programs.test}
          </Button>
          <Button variant="default" loading={change.isPending} onClick={() => change.mutate()}>
            {active ? programs.switchOff : programs.switchOn}
          </Button>
          <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate()}>
            {programs.remove}
          </Button>
        </div>
      </header>
      <FailureNotice error={change.error ?? test.error ?? remove.error} brief />
      <Messages webhookId={id} />
    </article>
  )
}

function Messages({ webhookId }: { webhookId: string }) {
  const { programs } = useTexts()
  const { data, error } = useQuery(deliveriesQuery(webhookId))
  if (error !== null) return <FailureNotice error={error} brief />
  if (data === undefined) return null
  if (data.rows.length === 0) return <p className="dim">{programs.noMessages}</p>
  return (
    <table className="board-table" aria-label={programs.log}>
      <thead>
        <tr>
          <th scope="col">{programs.time}</th>
          <th scope="col">{programs.event}</th>
          <th scope="col">{programs.tries}</th>
          <th scope="col">{programs.result}</th>
        </tr>
      </thead>
      <tbody>
        {data.rows.map((delivery) => (
          <Message key={delivery.id} delivery={delivery} />
        ))}
      </tbody>
    </table>
  )
}

function Message({ delivery: { createdAt, event, tries, state, problem, httpStatus } }: { delivery: Delivery }) {
  const { programs } = useTexts()
  return (
    <tr>
      <td>
        <bdi dir="ltr" className="figures">
          {riyadhTime(createdAt)}
        </bdi>
      </td>
      <td>{programs.eventNames[event]}</td>
      <td className="figures">{tries}</td>
      <td>
        {programs.deliveryStates[state]} {httpStatus === undefined ? null : <bdi dir="ltr">{httpStatus}</bdi>}
        {problem === undefined ? null : <p className="dim">{programs.problems[problem]}</p>}
      </td>
    </tr>
  )
}
