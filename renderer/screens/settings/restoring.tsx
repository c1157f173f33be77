/** How a backup of the desktop is restored: the command with the places of this machine, and what happens to the chains. */
import { Identifier } from '../../components/identifier.tsx'
import { useTexts } from '../../preferences.tsx'
import type { BackupOverview } from '../../queries.ts'

type Place = NonNullable<BackupOverview['restoresTo']>

const quoted = (path: string): string => `"${path}"`

const commandOf = ({ database, anchors }: Place, backup: string): string =>
  `khatm restore ${quoted(backup)} --to ${quoted(database)} --anchors ${quoted(anchors)} --passphrase-file passphrase.txt`

/** `newest`: the last good backup, as an example that can be copied. */
export function Restoring({ place, newest }: { place: Place; newest: string | undefined }) {
  const { restoring: texts } = useTexts()
  return (
    <details className="restoring">
      <summary>{texts.title}</summary>
      <ol>
        {texts.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <Identifier label={texts.command} value={commandOf(place, newest ?? 'khatm-....khb')} />
      <p className="dim">{texts.chains}</p>
    </details>
  )
}
