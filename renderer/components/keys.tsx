/** Keys of a shortcut, drawn as keys; never mirrored. */

const isMac = /Mac/.test(navigator.userAgent)

export function Keys({ keys }: { keys: string }) {
  const parts = keys === 'Mod+-' ? ['Mod', '−'] : keys.split('+')
  return (
    <bdi className="keys" dir="ltr">
      {parts.map((part) => (
        <kbd key={part}>{part === 'Mod' ? (isMac ? '⌘' : 'Ctrl') : part}</kbd>
      ))}
    </bdi>
  )
}
