/** Which clients somebody works for: all, or those that are ticked; a long list is searched. */
import { Checkbox, Radio, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { matches } from '../../frame/matching.ts'
import { useTexts } from '../../preferences.tsx'
import { type Member, meQuery, useCompanies } from '../../queries.ts'

export type Assignment = Member['companies']

interface Props {
  readonly value: Assignment
  readonly onChange: (companies: Assignment) => void
}

/** Nobody gives away more than he has: the server refuses it, and the choice is not offered. */
export function CompanyChoice({ value, onChange }: Props) {
  const { people } = useTexts()
  const mine = useQuery(meQuery).data?.companies
  return (
    <Radio.Group
      className="wide"
      aria-label={people.companies}
      value={value === 'all' ? 'all' : 'some'}
      onChange={(word) => onChange(word === 'all' ? 'all' : [])}
    >
      <Radio
        value="all"
        mt={8}
        disabled={mine !== 'all'}
        label={people.allCompanies}
        description={people.allCompaniesNote}
      />
      <Radio value="some" mt={8} label={people.chosenCompanies} description={people.chosenCompaniesNote} />
      {value === 'all' ? null : <Chosen value={value} onChange={onChange} />}
    </Radio.Group>
  )
}

/** More than fit on the screen at once. */
const many = 8

function Chosen({ value, onChange }: Props & { readonly value: readonly string[] }) {
  const { people } = useTexts()
  const companies = useCompanies()
  const [search, setSearch] = useState('')
  const shown = companies.filter(({ name, vatNumber }) => matches(`${name} ${vatNumber}`, search))
  const tick = (id: string, on: boolean) => onChange(on ? [...value, id] : value.filter((chosen) => chosen !== id))
  return (
    <div className="company-choice">
      {companies.length > many ? (
        <TextInput
          aria-label={people.findCompany}
          placeholder={people.findCompany}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      ) : null}
      <ul>
        {shown.map(({ id, name, vatNumber }) => (
          <li key={id}>
            <Checkbox
              label={<bdi>{name}</bdi>}
              description={<bdi dir="ltr">{vatNumber}</bdi>}
              checked={value.includes(id)}
              onChange={(event) => tick(id, event.currentTarget.checked)}
            />
          </li>
        ))}
      </ul>
      <p className="dim" role="status">
        {people.chosenCount(value.length)}
      </p>
    </div>
  )
}
