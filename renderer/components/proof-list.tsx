/** Checks of a stamped file by name; what does not agree shows what was expected and what was found. */
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useTexts } from '../preferences.tsx'
import type { Proof } from '../queries.ts'

export function ProofList({ proofs }: { proofs: readonly Proof[] }) {
  const texts = useTexts()
  return (
    <ul className="proof-list">
      {proofs.map(({ id, ok, expected, found }) => {
        const Icon = ok ? IconCircleCheck : IconCircleX
        return (
          <li key={id} data-ok={ok}>
            <Icon size={16} stroke={1.8} aria-hidden />
            <span>
              {texts.proofs[id] ?? id} {ok ? null : <bdi className="code">{id}</bdi>}
            </span>
            {ok || (expected ?? found) === undefined ? null : (
              <dl>
                <dt>{texts.documents.expected}</dt>
                <dd>
                  <bdi>{expected ?? texts.common.none}</bdi>
                </dd>
                <dt>{texts.documents.found}</dt>
                <dd>
                  <bdi>{found ?? texts.common.none}</bdi>
                </dd>
              </dl>
            )}
          </li>
        )
      })}
    </ul>
  )
}
