/** Shown only when something takes longer than 300 ms, so that quick answers do not flicker. */
import { Loader } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTexts } from '../preferences.tsx'

const patience = 300

export function Loading({ text }: { text?: string }) {
  const texts = useTexts()
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), patience)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className="loading" role="status" aria-live="polite">
      {shown ? (
        <>
          <Loader size={18} /> {text ?? texts.common.loading}
        </>
      ) : null}
    </div>
  )
}
