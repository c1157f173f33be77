/** Settings for disputed points, backups, and the programs that work with the office. */
import { useQuery } from '@tanstack/react-query'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Loading } from '../../components/loading.tsx'
import { useTexts } from '../../preferences.tsx'
import { meQuery, settingsQuery } from '../../queries.ts'
import { ApiKeys } from './api-keys.tsx'
import { Backups } from './backups.tsx'
import { SettingRow } from './setting-row.tsx'
import { Webhooks } from './webhooks.tsx'

export function Settings() {
  const { settings } = useTexts()
  const { data, error } = useQuery(settingsQuery)
  const { columns } = settings
  const role = useQuery(meQuery).data?.role
  const mayGrant = role === 'owner' || role === 'admin'
  return (
    <div className="page settings">
      <header className="page-head">
        <div>
          <h1>{settings.title}</h1>
          <p className="dim">{settings.lead}</p>
        </div>
      </header>
      <FailureNotice error={error} brief />
      {data === undefined ? (
        error === null ? (
          <Loading />
        ) : null
      ) : (
        <table className="board-table" aria-label={settings.title}>
          <thead>
            <tr>
              <th scope="col">{columns.point}</th>
              <th scope="col">{columns.value}</th>
              <th scope="col">{columns.standard}</th>
              <th scope="col">{columns.source}</th>
              <th scope="col">{columns.who}</th>
            </tr>
          </thead>
          <tbody>
            {data.map((setting) => (
              <SettingRow key={setting.name} setting={setting} />
            ))}
          </tbody>
        </table>
      )}
      <Backups />
      {mayGrant ? <ApiKeys /> : null}
      {mayGrant ? <Webhooks /> : null}
    </div>
  )
}
