/** The stored bytes, signed by us or cleared by ZATCA: to read, to copy, to download; never changed by showing them. */
import { Button, CopyButton, SegmentedControl } from '@mantine/core'
import { IconCopy, IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { api } from '../../api.ts'
import { download } from '../../components/download.ts'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Loading } from '../../components/loading.tsx'
import { useTexts } from '../../preferences.tsx'
import type { DocumentDetail } from '../../queries.ts'
import { indented } from './indented.ts'

type Form = 'signed' | 'cleared'

export function XmlView({ document: { id, hasClearedXml } }: { document: DocumentDetail }) {
  const texts = useTexts()
  const [form, setForm] = useState<Form>(hasClearedXml ? 'cleared' : 'signed')
  const { data, error } = useQuery({ queryKey: ['xml', id, form], queryFn: () => api.invoices.xml({ id, form }) })
  const bytes = useMemo(() => (data === undefined ? undefined : Uint8Array.fromBase64(data.base64)), [data])
  const text = useMemo(() => new TextDecoder().decode(bytes), [bytes])
  return (
    <section className="xml">
      <div className="actions">
        {hasClearedXml ? (
          <SegmentedControl
            size="xs"
            aria-label="XML"
            value={form}
            onChange={(value) => setForm(value === 'signed' ? 'signed' : 'cleared')}
            data={[
              { value: 'cleared', label: texts.documents.clearedXml },
              { value: 'signed', label: texts.documents.signedXml },
            ]}
          />
        ) : (
          <span className="dim">{texts.documents.signedXml}</span>
        )}
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button variant="default" size="compact-sm" leftSection={<IconCopy size={14} />} onClick={copy}>
              {copied ? texts.common.copied : texts.documents.copyXml}
            </Button>
          )}
        </CopyButton>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconDownload size={14} />}
          disabled={bytes === undefined}
          onClick={() => bytes && download(bytes, data?.fileName ?? 'document.xml', 'application/xml')}
        >
          {texts.documents.downloadXml}
        </Button>
      </div>
      <FailureNotice error={error} />
      {bytes === undefined ? <Loading /> : <pre dir="ltr">{indented(text)}</pre>}
    </section>
  )
}
