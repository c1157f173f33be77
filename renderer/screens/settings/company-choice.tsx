/** Which clients a program may see or hears of: all of them, or one. */
import { NativeSelect } from '@mantine/core'
import { useTexts } from '../../preferences.tsx'
import { useCompanies } from '../../queries.ts'

/** `value`: the company's id; empty for all that whoever asks may see */
export function CompanyChoice({ value, onChange }: { value: string; onChange: (companyId: string) => void }) {
  const { programs } = useTexts()
  const companies = useCompanies()
  return (
    <NativeSelect
      label={programs.companies}
      value={value}
      data={[
        { value: '', label: programs.allCompanies },
        ...companies.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}
