/** The environment in words on its colour, so that practice is never taken for production or the other way round. */
import { useTexts } from '../preferences.tsx'
import { useWorkspace } from '../workspace.tsx'

export function EnvironmentBar() {
  const texts = useTexts()
  const { environment } = useWorkspace()
  if (environment === undefined) return null
  return (
    <div className="environment" data-environment={environment} role="status">
      <strong>{texts.environments[environment]}</strong>
      <span>{texts.environmentNotes[environment]}</span>
    </div>
  )
}
