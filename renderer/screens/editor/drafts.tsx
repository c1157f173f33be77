/** Saved drafts above the sheet: open one or throw it away. */
import { ActionIcon, UnstyledButton } from '@mantine/core'
import { IconPencil, IconX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { goTo } from '../../place.ts'
import { useTexts } from '../../preferences.tsx'
import { type SavedDraft, useRefresh } from '../../queries.ts'
import { useWorkspace } from '../../workspace.tsx'
import { textAt } from './paths.ts'

export function Drafts({ drafts, current }: { drafts: readonly SavedDraft[]; current: string | undefined }) {
  const texts = useTexts()
  const refresh = useRefresh()
  const { company } = useWorkspace()
  const remove = useMutation({
    mutationFn: (id: string) => api.drafts.remove({ companyId: company?.id ?? '', id }),
    onSuccess: () => refresh('drafts'),
  })
  if (drafts.length === 0) return null
  return (
    <nav className="drafts" aria-label={texts.editor.drafts}>
      <span className="dim">{texts.editor.drafts}</span>
      {drafts.map(({ id, draft }) => {
        const name =
          [textAt(draft, 'number'), textAt(draft, 'buyer.name')].filter(Boolean).join(' · ') || texts.editor.untitled
        return (
          <span key={id} className="draft-chip" data-current={id === current || undefined}>
            <UnstyledButton
              aria-label={`${texts.editor.openDraft} ${name}`}
              onClick={() => goTo({ screen: 'editor', id })}
            >
              <IconPencil size={14} stroke={1.6} aria-hidden /> <bdi>{name}</bdi>
            </UnstyledButton>
            <ActionIcon
              size="xs"
              variant="subtle"
              color="gray"
              aria-label={`${texts.editor.discardDraft} ${name}`}
              onClick={() => remove.mutate(id)}
            >
              <IconX size={12} />
            </ActionIcon>
          </span>
        )
      })}
    </nav>
  )
}
