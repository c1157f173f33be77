/** One document with everything known about it. */
import { ActionIcon, Tabs } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Loading } from '../../components/loading.tsx'
import { Money } from '../../components/money.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { useTexts } from '../../preferences.tsx'
import { documentQuery } from '../../queries.ts'
import { Attempts } from './attempts.tsx'
import { DetailActions } from './detail-actions.tsx'
import { DetailFindings } from './detail-findings.tsx'
import { Evidence } from './evidence.tsx'
import { Overview } from './overview.tsx'
import { XmlView } from './xml-view.tsx'

interface Props {
  readonly id: string
  readonly close: () => void
}

export function Detail({ id, close }: Props) {
  const texts = useTexts()
  const { data, error } = useQuery(documentQuery(id))
  const { tabs } = texts.documents
  return (
    <aside
      className="detail"
      aria-label={texts.documents.detail}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close()
      }}
    >
      <FailureNotice error={error} />
      {data === undefined ? (
        error === null ? (
          <Loading />
        ) : null
      ) : (
        <>
          <header className="detail-head">
            <div>
              <StateBadge of={data} large />
              <h1>
                {texts.kinds[data.kind]} <bdi dir="ltr">{data.number}</bdi>
              </h1>
              <p className="detail-amount">
                <Money amount={data.taxInclusiveAmount} currency={data.currency} />
                <span className="dim"> {data.buyerName ?? texts.documents.noBuyer}</span>
              </p>
            </div>
            <ActionIcon variant="subtle" color="gray" onClick={close} aria-label={texts.documents.closeDetail}>
              <IconX size={18} stroke={1.6} />
            </ActionIcon>
          </header>
          <DetailActions document={data} />
          <Tabs defaultValue="overview" keepMounted={false}>
            <Tabs.List>
              <Tabs.Tab value="overview">{tabs.overview}</Tabs.Tab>
              <Tabs.Tab value="findings">
                {tabs.findings} {data.findings.length + data.violations.length || null}
              </Tabs.Tab>
              <Tabs.Tab value="xml">{tabs.xml}</Tabs.Tab>
              <Tabs.Tab value="attempts">
                {tabs.attempts} {data.attempts.length || null}
              </Tabs.Tab>
              <Tabs.Tab value="evidence">{tabs.evidence}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="overview">
              <Overview document={data} />
            </Tabs.Panel>
            <Tabs.Panel value="findings">
              <DetailFindings document={data} />
            </Tabs.Panel>
            <Tabs.Panel value="xml">
              <XmlView document={data} />
            </Tabs.Panel>
            <Tabs.Panel value="attempts">
              <Attempts document={data} />
            </Tabs.Panel>
            <Tabs.Panel value="evidence">
              <Evidence document={data} />
            </Tabs.Panel>
          </Tabs>
        </>
      )}
    </aside>
  )
}
