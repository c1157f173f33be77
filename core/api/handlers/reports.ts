/** Operations that sum up and export documents. */
import { exportDocuments, exportTransmissions } from '#core/report/export.ts'
import { statesOf, turnover, vatByMonth } from '#core/report/figures.ts'
import { byteStream } from '#core/report/stream.ts'
import { originOf } from '#core/system/log.ts'
import type { Environment } from '#core/vocabulary.ts'
import type { Doors } from './doors.ts'
import type { Office } from './office.ts'

export const reportHandlers = ({ members: { reports } }: Doors) => ({
  invoices: reports.invoices.handler(async ({ input, context: { office } }) => {
    const environment = environmentOf(office, input)
    return { environment, rows: await turnover(office.storage.read, { ...input, environment }) }
  }),
  vatSummary: reports.vatSummary.handler(async ({ input, context: { office } }) => {
    const environment = environmentOf(office, input)
    return { environment, rows: await vatByMonth(office.storage.read, { ...input, environment }) }
  }),
  statusBreakdown: reports.statusBreakdown.handler(async ({ input, context: { office } }) => {
    const environment = environmentOf(office, input)
    return { environment, rows: await statesOf(office.storage.read, { ...input, environment }) }
  }),
})

const environmentOf = ({ environments }: Office, asked: { readonly environment?: Environment | undefined }) =>
  asked.environment ?? environments[0] ?? 'PRACTICE'

export const exportHandlers = ({ members: { exports } }: Doors) => ({
  invoices: exports.invoices.handler(({ input: { format, ...asked }, context: { office } }) =>
    download(office, 'invoices', format, exportDocuments(office.storage.read, asked, format)),
  ),
  invoiceLogs: exports.invoiceLogs.handler(({ input: { format, ...asked }, context: { office } }) =>
    download(office, 'invoice-logs', format, exportTransmissions(office.storage.read, asked, format)),
  ),
})

const contentTypes = { csv: 'text/csv; charset=utf-8', jsonl: 'application/x-ndjson; charset=utf-8' } as const

const download = (office: Office, name: string, format: keyof typeof contentTypes, text: AsyncIterable<string>) => {
  const day = new Date(office.clock.now()).toISOString().slice(0, 10)
  return {
    headers: {
      'content-type': contentTypes[format],
      'content-disposition': `attachment; filename="${name}-${day}.${format}"`,
    },
    body: byteStream(told(office, text)),
  }
}

/** The head of the answer has left by then: all that can be done is to break off, so that nobody takes a part for the whole. */
async function* told({ log }: Office, text: AsyncIterable<string>): AsyncGenerator<string> {
  try {
    yield* text
  } catch (thrown) {
    log.error('export/broken-off', { origin: originOf(thrown) })
    throw thrown
  }
}
