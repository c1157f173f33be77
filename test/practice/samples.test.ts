/** The judge against the official samples: it must find no error in any of them, or it would refuse what ZATCA accepts. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PracticeServer, startPractice } from '#practice/index.ts'
import { readInvoice } from '#practice/judge/invoice.ts'
import { shared } from '../shared.ts'
import { type Csid, productionCsid, send } from './taxpayer.ts'

const folder = shared('zatca/samples', 'the practice judge on the official samples')
const names = folder ? readdirSync(folder).filter((name) => name.endsWith('.xml')) : []

describe.skipIf(!folder)('the official samples, in the sandbox', () => {
  let practice: PracticeServer
  let csid: Csid

  beforeAll(async () => {
    practice = await startPractice()
    csid = await productionCsid(practice.baseUrls.sandbox, { template: 'TSTZATCA-Code-Signing' })
  })
  afterAll(() => practice.close())

  it.each(names)('%s is accepted', async (name) => {
    const bytes = readFileSync(join(folder ?? '', name))
    const invoice = readInvoice(bytes)
    if ('problem' in invoice) throw new Error(invoice.problem.en)
    const isSimplified = invoice.fields.transactionCode.startsWith('02')
    const path = isSimplified ? 'invoices/reporting/single' : 'invoices/clearance/single'
    const { stamp, fields } = invoice
    // The hash that ZATCA's own signer wrote into the sample, not the one computed here.
    const body = { invoiceHash: stamp?.invoiceDigest, uuid: fields.uuid, invoice: bytes.toString('base64') }
    const { json } = await send(`${practice.baseUrls.sandbox}/${path}`, body, { csid })
    expect(json.validationResults.errorMessages).toEqual([])
    const warnings = json.validationResults.warningMessages.map(({ code }) => code)
    expect(warnings).toEqual(isSimplified ? ['BR-KSA-98'] : [])
  })
})
