/** Issuing: errors hold it back, warnings are asked about once, a lost answer is settled by the same idempotency key. */
import { useMutation } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import type { Draft } from '#core/invoice/draft.ts'
import { api } from '../../api.ts'
import { useRefresh } from '../../queries.ts'
import { withoutSeller } from './draft-state.ts'
import type { Judgement } from './judging.ts'

interface Target {
  readonly unitId: string
  /** The rejected document that this one corrects */
  readonly reissueOf?: string
}

type Stage = 'writing' | 'blocked' | 'asking'

export const useIssuing = ({ unitId, reissueOf }: Target, issued: () => void) => {
  const refresh = useRefresh()
  const [stage, setStage] = useState<Stage>('writing')
  const key = useRef(crypto.randomUUID())
  const send = useMutation({
    mutationFn: (draft: Draft) => {
      const common = { draft: withoutSeller(draft), idempotencyKey: key.current }
      return reissueOf === undefined
        ? api.invoices.issue({ unitId, ...common })
        : api.invoices.reissue({ id: reissueOf, ...common })
    },
    onSuccess: () => {
      issued()
      void refresh('documents', 'queue', 'last-number', 'document')
    },
    onSettled: () => setStage('writing'),
  })
  const issue = ({ draft, findings }: Judgement, confirmed = false) => {
    if (send.isPending) return
    if (draft === undefined || findings.some(({ severity }) => severity === 'error')) return setStage('blocked')
    if (findings.length > 0 && !confirmed) return setStage('asking')
    send.mutate(draft)
  }
  /** After any change the next attempt is another document. */
  const changed = useCallback(() => {
    key.current = crypto.randomUUID()
    setStage('writing')
  }, [])
  return {
    issue,
    stage,
    write: () => setStage('writing'),
    changed,
    reset: () => {
      changed()
      send.reset()
    },
    result: send.data,
    failure: send.error,
    pending: send.isPending,
  }
}
