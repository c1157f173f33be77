/** Verification of the stored bytes, each check by name with what was expected and what was found; and who did what when. */
import { Button } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { riyadhTime } from '../../components/dates.ts'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { ProofList } from '../../components/proof-list.tsx'
import { useTexts } from '../../preferences.tsx'
import type { DocumentDetail, Proof } from '../../queries.ts'

export function Evidence({ document: { id, history } }: { document: DocumentDetail }) {
  const texts = useTexts()
  const verify = useMutation({ mutationFn: () => api.invoices.verify({ id }) })
  return (
    <section>
      <Button
        variant="default"
        leftSection={<IconShieldCheck size={16} stroke={1.6} />}
        loading={verify.isPending}
        onClick={() => verify.mutate()}
      >
        {texts.documents.verify}
      </Button>
      <FailureNotice error={verify.error} />
      {verify.data === undefined ? null : <Proofs proofs={verify.data} />}
      <ol className="history">
        {history.map(({ at, actor, action }) => (
          <li key={`${at} ${action}`}>
            <bdi dir="ltr" className="figures dim">
              {riyadhTime(at)}
            </bdi>
            <bdi>{actor}</bdi>
            <bdi className="code">{action}</bdi>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Proofs({ proofs }: { proofs: readonly Proof[] }) {
  const texts = useTexts()
  const ok = proofs.every((proof) => proof.ok)
  return (
    <div className="proofs" role="status" data-ok={ok}>
      <p>{ok ? texts.documents.verified : texts.documents.notVerified}</p>
      <ProofList proofs={proofs} />
    </div>
  )
}
