/** Backups: how the last ones went, when the next is due, and one now. */
import { Button } from '@mantine/core'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api.ts'
import { riyadhTime } from '../../components/dates.ts'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { isolated } from '../../i18n/isolated.ts'
import { usePreferences } from '../../preferences.tsx'
import { type BackupRun, backupsQuery, meQuery, useRefresh } from '../../queries.ts'
import { PlanFacts, PlanForm } from './backup-plan.tsx'
import { Restoring } from './restoring.tsx'

export function Backups() {
  const { texts } = usePreferences()
  const { settings } = texts
  const refresh = useRefresh()
  const { data, error } = useQuery(backupsQuery)
  const [isPlanning, setPlanning] = useState(false)
  const run = useMutation({ mutationFn: () => api.backups.run(), onSettled: () => refresh('backups') })
  return (
    <section aria-label={settings.backups} className="backups">
      <header className="page-head">
        <div>
          <h2>{settings.backups}</h2>
          <p className="dim">{settings.backupsLead}</p>
          {data === undefined ? null : <Schedule scheduled={data.scheduled} nextAt={data.nextAt} />}
        </div>
        <div className="actions">
          {data?.changeable && !isPlanning ? (
            <PlanButton isFirst={!data.scheduled} open={() => setPlanning(true)} />
          ) : null}
          <Button disabled={data?.scheduled !== true} loading={run.isPending} onClick={() => run.mutate()}>
            {settings.runNow}
          </Button>
        </div>
      </header>
      <FailureNotice error={error ?? run.error} brief />
      {isPlanning ? (
        <PlanForm plan={data?.plan} close={() => setPlanning(false)} />
      ) : data?.plan === undefined ? null : (
        <PlanFacts plan={data.plan} changeable={data.changeable} />
      )}
      {data === undefined ? null : data.runs.length === 0 ? (
        <p className="dim">{settings.never}</p>
      ) : (
        <Runs runs={data.runs} />
      )}
      {data?.restoresTo === undefined ? null : (
        <Restoring place={data.restoresTo} newest={data.runs.find(({ verified }) => verified)?.target} />
      )}
    </section>
  )
}

function PlanButton({ isFirst, open }: { isFirst: boolean; open: () => void }) {
  const { settings } = usePreferences().texts
  const role = useQuery(meQuery).data?.role
  if (role !== 'owner' && role !== 'admin') return null
  return (
    <Button variant="default" onClick={open}>
      {isFirst ? settings.setUp : settings.change}
    </Button>
  )
}

function Schedule({ scheduled, nextAt }: { scheduled: boolean; nextAt: string | undefined }) {
  const { settings } = usePreferences().texts
  if (!scheduled) return <p className="warning-text">{settings.noPlace}</p>
  return nextAt === undefined ? null : <p>{settings.next(isolated(riyadhTime(nextAt)))}</p>
}

function Runs({ runs }: { runs: readonly BackupRun[] }) {
  const { settings } = usePreferences().texts
  const { backupColumns: columns } = settings
  return (
    <table className="board-table" aria-label={settings.backups}>
      <thead>
        <tr>
          <th scope="col">{columns.finished}</th>
          <th scope="col">{columns.result}</th>
          <th scope="col">{columns.documents}</th>
          <th scope="col">{columns.size}</th>
          <th scope="col">{columns.target}</th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <Run key={run.id} run={run} />
        ))}
      </tbody>
    </table>
  )
}

function Run({ run: { finishedAt, verified, problem, documents, bytes, target } }: { run: BackupRun }) {
  const { language, texts } = usePreferences()
  const { settings } = texts
  const Icon = verified ? IconCircleCheck : IconCircleX
  return (
    <tr>
      <td>
        <bdi dir="ltr" className="figures">
          {riyadhTime(finishedAt)}
        </bdi>
      </td>
      <td>
        <span className="state backup-result" data-ok={verified}>
          <Icon size={16} stroke={1.8} aria-hidden /> {verified ? settings.good : settings.bad}
        </span>
        {problem === undefined ? null : <p>{problem.words[language]}</p>}
      </td>
      <td className="figures">{documents}</td>
      <td className="figures">{settings.megabytes((bytes / 1_000_000).toFixed(1))}</td>
      <td>
        <bdi dir="ltr" className="code backup-target">
          {target}
        </bdi>
      </td>
    </tr>
  )
}
