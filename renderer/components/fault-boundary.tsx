/** Catches a fault of a screen, says so in words and offers to reload, instead of a white page. */
import { Button } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import { useTexts } from '../preferences.tsx'

interface State {
  readonly fault: unknown
}

/** React offers error boundaries as classes only. */
export class FaultBoundary extends Component<{ readonly children: ReactNode }, State> {
  override readonly state: State = { fault: undefined }

  static getDerivedStateFromError(fault: unknown): State {
    return { fault }
  }

  override render() {
    return this.state.fault === undefined ? this.props.children : <Broken fault={this.state.fault} />
  }
}

function Broken({ fault }: { fault: unknown }) {
  const texts = useTexts()
  return (
    <div className="empty" role="alert">
      <p>{texts.failure.broken}</p>
      <Button onClick={() => window.location.reload()}>{texts.failure.reload}</Button>
      <details>
        <summary>{texts.failure.details}</summary>
        <pre dir="ltr">{fault instanceof Error ? fault.message : String(fault)}</pre>
      </details>
    </div>
  )
}
