/** Check a file: drop, choose or paste any e-invoice or QR code, and read what it comes down to. Nothing is stored. */
import { Button } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useOffer } from '../../commands.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { useTexts } from '../../preferences.tsx'
import { CheckedFileView } from './checked-file.tsx'
import { Checking } from './checking.tsx'
import { DropZone } from './drop-zone.tsx'
import { type Intake, judge, type Outcome } from './intake.ts'
import { QrView } from './qr-view.tsx'
import { useArrivals } from './use-arrivals.ts'

export function Check() {
  const texts = useTexts()
  const chooser = useRef<HTMLInputElement>(null)
  const [several, setSeveral] = useState(false)
  const check = useMutation({ mutationFn: judge })
  const choose = () => chooser.current?.click()
  const files = (arrived: readonly File[]) => {
    const [file] = arrived
    setSeveral(arrived.length > 1)
    if (file !== undefined) check.mutate({ file })
  }
  const text = (arrived: string) => check.mutate({ text: arrived, fileName: texts.check.pasted })
  const hovering = useArrivals({ files, text })
  useOffer({ chooseFile: choose })
  return (
    <div className="page check">
      <input
        ref={chooser}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={texts.check.choose}
        accept=".xml,text/xml,application/xml"
        onChange={({ currentTarget }) => {
          files([...(currentTarget.files ?? [])])
          // The same file may be chosen again after it was mended.
          currentTarget.value = ''
        }}
      />
      {check.isPending ? (
        <Checking name={nameOf(check.variables)} cancel={check.reset} />
      ) : (
        <>
          {several ? <p className="dim">{texts.check.onlyFirst}</p> : null}
          <Result outcome={check.data} again={check.reset} />
          {isJudged(check.data) ? null : (
            <DropZone choose={choose} read={text}>
              <Refusal outcome={check.data} />
              {check.isError ? <FailureNotice error={check.error} lead={nameOf(check.variables)} brief /> : null}
            </DropZone>
          )}
        </>
      )}
      {hovering ? <div className="check-veil">{texts.check.dropNow}</div> : null}
    </div>
  )
}

const nameOf = (intake: Intake): string => ('file' in intake ? intake.file.name : intake.fileName)

const isJudged = (outcome: Outcome | undefined): boolean => outcome !== undefined && outcome.kind !== 'refused'

function Result({ outcome, again }: { outcome: Outcome | undefined; again: () => void }) {
  const texts = useTexts()
  const another = (
    <Button variant="default" onClick={again}>
      {texts.check.another}
    </Button>
  )
  if (outcome?.kind === 'file') return <CheckedFileView checked={outcome.checked} actions={another} />
  return outcome?.kind === 'qr' ? <QrView reading={outcome.reading} actions={another} /> : null
}

function Refusal({ outcome }: { outcome: Outcome | undefined }) {
  const { check } = useTexts()
  if (outcome?.kind !== 'refused') return null
  return (
    <div className="failure" role="alert">
      <IconAlertCircle size={20} stroke={1.8} aria-hidden />
      <p>{check[outcome.reason]}</p>
    </div>
  )
}
