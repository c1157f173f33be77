/** Backups, the programs that work with the office, and settings for disputed points. */
import { useQuery } from '@tanstack/react-query'
import { useTexts } from '../../preferences.tsx'
import { meQuery } from '../../queries.ts'
import { ApiKeys } from './api-keys.tsx'
import { Backups } from './backups.tsx'
import { DisputedPoints } from './disputed-points.tsx'
import { Webhooks } from './webhooks.tsx'

export function Settings() {
  const { settings } = useTexts()
  const role = useQuery(meQuery).data?.role
  const mayGrant = role === 'owner' || role === 'admin'
  return (
    <div className="page settings">
      <header className="page-head">
        <h1>{settings.title}</h1>
      </header>
      <Backups />
      {mayGrant ? <ApiKeys /> : null}
      {mayGrant ? <Webhooks /> : null}
      <DisputedPoints />
    </div>
  )
}
