/** Points on which ZATCA's sources disagree or leave a choice: what holds here, why, and who may change it. */
import { useQuery } from '@tanstack/react-query'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Loading } from '../../components/loading.tsx'
import { useTexts } from '../../preferences.tsx'
import { settingsQuery } from '../../queries.ts'
import { SettingRow } from './setting-row.tsx'

export function DisputedPoints() {
  const { settings } = useTexts()
  const { data, error } = useQuery(settingsQuery)
  const { columns } = settings
  return (
    <section aria-label={settings.points} className="backups">
      <h2>{settings.points}</h2>
      <p className="dim">{settings.pointsLead}</p>
      <FailureNotice error={error} brief />
      {data === undefined ? (
        error === null ? (
          <Loading />
        ) : null
      ) : (
        <table className="board-table" aria-label={settings.points}>
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
    </section>
  )
}
