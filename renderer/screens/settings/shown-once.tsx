/** Something secret right after it was made: to be copied now, because nobody sees it again. */
import { Identifier } from '../../components/identifier.tsx'
import { useTexts } from '../../preferences.tsx'

export function ShownOnce({ label, value }: { label: string; value: string }) {
  const { programs } = useTexts()
  return (
    <output className="shown-once">
      <strong>{label}</strong> <Identifier label={label} value={value} />
      <p>{programs.shownOnce}</p>
    </output>
  )
}
