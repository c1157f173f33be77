/** While a file is judged: its name after 300 ms, a way out after three seconds. */
import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { Loading } from '../../components/loading.tsx'
import { useTexts } from '../../preferences.tsx'

const patience = 3_000

export function Checking({ name, cancel }: { name: string; cancel: () => void }) {
  const texts = useTexts()
  const [long, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), patience)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className="empty">
      <Loading text={texts.check.checking(name)} />
      {long ? (
        <Button variant="default" onClick={cancel}>
          {texts.common.cancel}
        </Button>
      ) : null}
    </div>
  )
}
