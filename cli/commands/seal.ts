/** `khatm seal`: a draft becomes a signed invoice, with the place in the chain that the caller gives. */
import { randomUUID } from 'node:crypto'
import { Failure } from '#core/errors.ts'
import { completeDraft } from '#core/invoice/complete.ts'
import { parseDraft } from '#core/invoice/parse-draft.ts'
import { judge } from '#core/invoice/rules/index.ts'
import { assertValid } from '#core/workflow/signing.ts'
import { parseCertificate } from '#core/zatca/certificate.ts'
import { GENESIS_PIH, withChainFields } from '#core/zatca/chain.ts'
import { fromBase64 } from '#core/zatca/hash.ts'
import { seal } from '#core/zatca/seal.ts'
import type { Invocation, Run } from '../command.ts'
import { readInput, readJson, writeOutput } from '../files.ts'
import { readKey } from '../local-key.ts'
import { riyadhMoment } from '../moment.ts'
import { violationLines } from '../violations.ts'

export const run: Run = async (invocation, terminal) => {
  const [file = ''] = invocation.operands
  const place = placeOf(invocation)
  const signingTime = riyadhMoment('--signing-time', invocation.text('signing-time'))
  const signer = await signerOf(invocation, signingTime)
  const draft = parseDraft(await readJson(file))
  const invoice = completeDraft({ ...draft, uuid: draft.uuid ?? randomUUID() })
  const violations = judge(invoice, { now: riyadhMoment('--now', undefined), stage: 'draft' })
  for (const line of violationLines(violations, terminal.language)) terminal.err(line)
  if (violations.some(({ severity }) => severity === 'error')) return 1
  const { bytes } = await seal(withChainFields(invoice, place), { signer, signingTime })
  const out = invocation.text('out')
  if (out === undefined) terminal.bytes(bytes)
  else await writeOutput(out, bytes)
  return 0
}

/** ICV and PIH as typed; throws `usage/invalid-value` for what cannot be one. */
const placeOf = (invocation: Invocation) => {
  const icv = invocation.text('icv') ?? ''
  const typed = invocation.text('pih') ?? ''
  const pih = typed === 'genesis' ? GENESIS_PIH : typed
  if (!/^[1-9]\d{0,14}$/.test(icv))
    throw new Failure('usage/invalid-value', { details: { option: '--icv', value: icv } })
  if (fromBase64(pih) === undefined)
    throw new Failure('usage/invalid-value', { details: { option: '--pih', value: typed } })
  return { icv: Number(icv), pih }
}

/** Throws `certificate/expired` and its like for the moment of signing: the stamp would be worth nothing. */
const signerOf = async (invocation: Invocation, signingTime: string) => {
  const certificate = parseCertificate(await readInput(invocation.text('cert') ?? ''))
  assertValid(certificate, Date.parse(`${signingTime}+03:00`))
  const key = await readKey(invocation.text('key') ?? '')
  const sign = (digests: readonly Uint8Array[]) => Promise.all(digests.map(key.sign))
  return { certificate, publicKey: key.publicKey, sign }
}
