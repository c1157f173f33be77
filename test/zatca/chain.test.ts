/** The place in the chain: genesis value, references in their order, nothing left of an earlier stamp; and the file name. */

import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { chainField, GENESIS_PIH, withChainFields } from '#core/zatca/chain.ts'
import { archiveFileName } from '#core/zatca/file-name.ts'
import { readInvoice } from '#core/zatca/read.ts'
import { fixtureText, vectorXml } from './fixtures.ts'

describe('chain', () => {
  const { invoice } = readInvoice(vectorXml('simplified388'))

  it('starts with base64 of the hex text of SHA-256("0")', () => {
    const hex = createHash('sha256').update('0').digest('hex')
    expect(GENESIS_PIH).toBe(Buffer.from(hex).toString('base64'))
    expect(GENESIS_PIH).toBe(fixtureText('sdk/pih.txt').trim())
  })

  it('replaces ICV and PIH, drops QR and stamp, keeps other attachments behind', () => {
    const attached = {
      id: 'contract.pdf',
      attachment: { externalReference: { uri: 'https://example.com/contract.pdf' } },
    }
    const references = [attached, ...(invoice.additionalDocumentReference ?? [])]
    const placed = withChainFields(
      { ...invoice, additionalDocumentReference: references },
      { icv: 42, pih: 'cHJldmlvdXM=', uuid: '00000000-0000-4000-8000-000000000000', id: 'S-2' },
    )
    expect(placed.additionalDocumentReference?.map((reference) => reference.id)).toEqual(['ICV', 'PIH', 'contract.pdf'])
    expect([chainField(placed, 'ICV'), chainField(placed, 'PIH'), chainField(placed, 'QR')]).toEqual([
      '42',
      'cHJldmlvdXM=',
      undefined,
    ])
    expect([placed.uuid, placed.id]).toEqual(['00000000-0000-4000-8000-000000000000', 'S-2'])
    expect(placed).not.toHaveProperty('signature')
    expect(placed).not.toHaveProperty('signatureInformation')
  })

  it('leaves the given invoice alone', () => {
    withChainFields(invoice, { icv: 2, pih: 'x' })
    expect(chainField(invoice, 'ICV')).toBe('1')
    expect(withChainFields(invoice, { icv: 2, pih: 'x' }).uuid).toBe(invoice.uuid)
  })
})

describe('archiveFileName', () => {
  const { invoice } = readInvoice(vectorXml('simplified388'))

  it('is VAT number, date, time and number', () => {
    expect(archiveFileName(invoice)).toBe('399999999900003_20240115T123000_S-1.xml')
  })

  it('replaces everything that is no letter or digit', () => {
    const name = archiveFileName({ ...invoice, id: 'INV/2024 #7_أ', issueTime: '12:30:00Z' }, 'pdf')
    expect(name).toBe('399999999900003_20240115T123000_INV-2024--7-أ.pdf')
  })

  it('cannot leave its folder, whatever the document says', () => {
    expect(archiveFileName({ id: '../../etc/passwd', issueDate: '../', issueTime: '/' })).toBe(
      '_---T-_------etc-passwd.xml',
    )
  })
})
