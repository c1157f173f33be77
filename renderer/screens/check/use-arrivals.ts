/** Files and texts that arrive anywhere in the window, dropped or pasted, while the screen is shown. */
import { useEffect, useRef, useState } from 'react'

interface Arrivals {
  readonly files: (files: readonly File[]) => void
  readonly text: (text: string) => void
}

/** True while something hovers over the window. */
export const useArrivals = (arrivals: Arrivals): boolean => {
  const [hovering, setHovering] = useState(false)
  const latest = useRef(arrivals)
  useEffect(() => {
    latest.current = arrivals
  })
  useEffect(() => {
    const stop = new AbortController()
    const { signal } = stop
    const take = (data: DataTransfer | null) => {
      const files = [...(data?.files ?? [])]
      const text = data?.getData('text/plain') ?? ''
      if (files.length > 0) latest.current.files(files)
      else if (text.trim() !== '') latest.current.text(text)
    }
    // Without these the browser would leave the page and open the file.
    window.addEventListener('dragover', (event) => event.preventDefault(), { signal })
    window.addEventListener('dragenter', () => setHovering(true), { signal })
    window.addEventListener('dragleave', (event) => event.relatedTarget === null && setHovering(false), { signal })
    window.addEventListener(
      'drop',
      (event) => {
        event.preventDefault()
        setHovering(false)
        take(event.dataTransfer)
      },
      { signal },
    )
    window.addEventListener('paste', (event) => isField(event.target) || take(event.clipboardData), { signal })
    return () => stop.abort()
  }, [])
  return hovering
}

/** Whoever pastes into a field wants it there. */
const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea')
