/** The empty screen: what it is for, where a file goes, and the field for the text of a QR code. */
import { Button, Textarea } from '@mantine/core'
import { IconFileSearch, IconQrcode } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { Keys } from '../../components/keys.tsx'
import { useTexts } from '../../preferences.tsx'

interface Props {
  readonly choose: () => void
  readonly read: (text: string) => void
  /** What went wrong with the last attempt */
  readonly children: ReactNode
}

export function DropZone({ choose, read, children }: Props) {
  const texts = useTexts()
  return (
    <>
      <header>
        <h1>{texts.check.title}</h1>
        <p className="dim">{texts.check.lead}</p>
      </header>
      {children}
      <section className="drop-zone" aria-label={texts.check.choose}>
        <IconFileSearch size={40} stroke={1.2} aria-hidden />
        <h2>{texts.check.drop}</h2>
        <p className="dim">{texts.check.orPaste}</p>
        <Button variant="filled" onClick={choose} rightSection={<Keys keys="Mod+O" />}>
          {texts.check.choose}
        </Button>
      </section>
      <QrField read={read} />
    </>
  )
}

function QrField({ read }: Pick<Props, 'read'>) {
  const texts = useTexts()
  const [text, setText] = useState('')
  return (
    <form
      className="qr-field"
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') read(text)
      }}
    >
      <Textarea
        label={texts.check.qrText}
        description={texts.check.qrHint}
        autosize
        minRows={2}
        maxRows={6}
        spellCheck={false}
        attributes={{ input: { dir: 'ltr' } }}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <Button
        type="submit"
        variant="default"
        leftSection={<IconQrcode size={16} stroke={1.6} />}
        disabled={text.trim() === ''}
      >
        {texts.check.readQr}
      </Button>
    </form>
  )
}
