/** `khatm qr`: the fields of a QR code, from an invoice or from the text itself. */
import { existsSync } from 'node:fs'
import { Failure } from '#core/errors.ts'
import { chainField } from '#core/zatca/chain.ts'
import { type DecodedQr, decodeQr } from '#core/zatca/qr.ts'
import { readInvoice } from '#core/zatca/read.ts'
import type { Run } from '../command.ts'
import { readInput } from '../files.ts'

export const run: Run = async (invocation, terminal) => {
  const [source = ''] = invocation.operands
  const text = await qrText(source)
  const fields = shown(decodeQr(text))
  if (invocation.flag('json')) terminal.out(JSON.stringify({ qr: text, ...fields }))
  else {
    terminal.out(text)
    for (const [name, value] of Object.entries(fields)) terminal.out(`${name.padEnd(11)}  ${value}`)
  }
  return 0
}

/** What looks like base64 and is no file is the code itself. */
const qrText = async (source: string): Promise<string> => {
  if (!existsSync(source) && /^[A-Za-z0-9+/]{8,}={0,2}$/.test(source)) return source
  const text = chainField(readInvoice(await readInput(source)).invoice, 'QR')
  if (text === undefined)
    throw new Failure('qr/malformed', { reason: 'the invoice has no QR code', details: { file: source } })
  return text
}

const shown = ({ publicKey, caSignature, ...texts }: DecodedQr): Readonly<Record<string, string>> => ({
  ...texts,
  ...(publicKey === undefined ? {} : { publicKey: Buffer.from(publicKey).toString('base64') }),
  ...(caSignature === undefined ? {} : { caSignature: Buffer.from(caSignature).toString('base64') }),
})
