/** The evidence of a document: what its bytes prove, its place in the chain, who did what when, and all of it as one file. */
import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { historyTexts } from '#core/messages/index.ts'
import { riyadhTime } from '../../components/dates.ts'
import { download } from '../../components/download.ts'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Loading } from '../../components/loading.tsx'
import { ProofList } from '../../components/proof-list.tsx'
import { goTo } from '../../place.ts'
import { usePreferences, useTexts } from '../../preferences.tsx'
import { type DocumentDetail, type Evidence as EvidenceBundle, evidenceQuery, type Proof } from '../../queries.ts'

/** The bundle is made anew whenever the tab is opened: proofs are recomputed from the stored bytes. */
export function Evidence({ document: { id } }: { document: DocumentDetail }) {
  const { data, error } = useQuery({ ...evidenceQuery(id), staleTime: 0 })
  if (error !== null) return <FailureNotice error={error} brief />
  return data === undefined ? <Loading /> : <Bundle evidence={data} />
}

function Bundle({ evidence }: { evidence: EvidenceBundle }) {
  const { documents } = useTexts()
  const { signed, cleared, proofs } = evidence
  const all = [...signed.proofs, ...(cleared?.proofs ?? []), ...proofs]
  const ok = all.every((proof) => proof.ok)
  return (
    <section className="evidence">
      <Button
        variant="default"
        leftSection={<IconDownload size={16} stroke={1.6} />}
        onClick={() => download(JSON.stringify(evidence, undefined, 2), fileNameOf(evidence), 'application/json')}
      >
        {documents.downloadEvidence}
      </Button>
      <p className="dim">{documents.evidenceLead}</p>
      <div className="proofs" role="status" data-ok={ok}>
        <p>{ok ? documents.verified : documents.notVerified}</p>
      </div>
      <Proofs title={documents.proofsOfChain} proofs={proofs} />
      <Neighbours evidence={evidence} />
      <Proofs title={documents.signedXml} proofs={signed.proofs} />
      <Proofs title={documents.proofsOfCleared} proofs={cleared?.proofs ?? []} />
      <History history={evidence.history} />
    </section>
  )
}

/** ZATCA's name of the document, so that the evidence lies beside it in a folder. */
const fileNameOf = ({ signed: { fileName } }: EvidenceBundle): string => fileName.replace(/(\.xml)?$/, '-evidence.json')

function Proofs({ title, proofs }: { title: string; proofs: readonly Proof[] }) {
  if (proofs.length === 0) return null
  return (
    <>
      <h2>{title}</h2>
      <ProofList proofs={proofs} />
    </>
  )
}

function Neighbours({ evidence: { chain, document } }: { evidence: EvidenceBundle }) {
  const { documents } = useTexts()
  if (chain === undefined) return null
  const sides = [
    [documents.previous, chain.previous],
    [documents.next, chain.next],
  ] as const
  return (
    <p>
      {documents.inChain(chain.epoch, document.icv)}
      {sides.map(([label, side]) =>
        side === undefined ? null : (
          <span key={label}>
            {' · '}
            {label}{' '}
            <button type="button" className="link" onClick={() => goTo({ screen: 'documents', id: side.id })}>
              <bdi dir="ltr">{side.number}</bdi>
            </button>
          </span>
        ),
      )}
    </p>
  )
}

function History({ history }: { history: EvidenceBundle['history'] }) {
  const { language, texts } = usePreferences()
  return (
    <>
      <h2>{texts.documents.history}</h2>
      <ol className="history">
        {history.map(({ at, actor, action }) => (
          <li key={`${at} ${action}`}>
            <bdi dir="ltr" className="figures dim">
              {riyadhTime(at)}
            </bdi>
            <span>{historyTexts[action]?.[language] ?? <bdi className="code">{action}</bdi>}</span>
            <bdi className="dim">{actor === 'system' ? texts.documents.system : actor}</bdi>
          </li>
        ))}
      </ol>
    </>
  )
}
