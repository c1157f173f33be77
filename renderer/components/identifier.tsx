/** A VAT number, UUID, hash or document number: an isolated left-to-right run that is copied with one click. */
import { CopyButton, Tooltip, UnstyledButton } from '@mantine/core'
import { useTexts } from '../preferences.tsx'

interface Props {
  readonly value: string
  readonly label: string
  /** Cut in the middle of a narrow column; the whole value is copied */
  readonly clip?: boolean
}

export function Identifier({ value, label, clip = false }: Props) {
  const texts = useTexts()
  return (
    <CopyButton value={value} timeout={1200}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? texts.common.copied : `${texts.common.copy}: ${label}`}>
          <UnstyledButton
            className="identifier"
            data-clip={clip || undefined}
            dir="ltr"
            aria-label={`${texts.common.copy} ${label} ${value}`}
            onClick={(event) => {
              event.stopPropagation()
              copy()
            }}
          >
            {value}
          </UnstyledButton>
        </Tooltip>
      )}
    </CopyButton>
  )
}
