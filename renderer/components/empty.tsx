/** An empty list says what it is for and offers the one action that fills it. */
import type { TablerIcon } from '@tabler/icons-react'
import type { ReactNode } from 'react'

interface Props {
  readonly icon: TablerIcon
  readonly title: string
  readonly text: string
  readonly children?: ReactNode
}

export function Empty({ icon: Icon, title, text, children }: Props) {
  return (
    <div className="empty">
      <Icon size={40} stroke={1.2} aria-hidden />
      <h2>{title}</h2>
      <p>{text}</p>
      {children}
    </div>
  )
}
