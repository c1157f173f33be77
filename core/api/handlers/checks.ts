/** Operations on what came from anybody: judge a file, read a QR code; nothing is stored. */
import { Failure } from '#core/errors.ts'
import { riyadhText } from '#core/workflow/riyadh-time.ts'
import { fromBase64 } from '#core/zatca/hash.ts'
import { inspectXml } from '#core/zatca/inspect.ts'
import { readQr } from '#core/zatca/qr-reading.ts'
import { checkedFileView, qrReadingView } from './check-views.ts'
import type { Doors } from './doors.ts'

export const checkHandlers = ({ members: { checks } }: Doors) => ({
  file: checks.file.handler(async ({ input: { fileName, base64 }, context: { office } }) =>
    checkedFileView(fileName, await inspectXml(bytesOf(base64), { now: riyadhText(office.clock.now()) })),
  ),
  qr: checks.qr.handler(({ input }) => qrReadingView(readQr(input.text))),
})

/** An empty file is read like any other that holds no invoice. */
const bytesOf = (base64: string): Uint8Array => {
  const bytes = base64 === '' ? new Uint8Array() : fromBase64(base64)
  if (bytes === undefined) {
    throw new Failure('request/invalid', { details: { findings: [{ path: 'base64', code: 'invalid' }] } })
  }
  return bytes
}
