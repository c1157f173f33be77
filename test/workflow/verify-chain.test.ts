/** The chain audit: finds the first broken link, whatever is broken about it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Chain, DocumentRecord, Reader } from '#core/ports.ts'
import { issueDocument } from '#core/workflow/issuing/issue.ts'
import { verifyChain } from '#core/workflow/proving/verify-chain.ts'
import { draft, openOffice, type TestOffice } from './office.ts'

interface Link {
  readonly document: DocumentRecord
  readonly signedXml: Uint8Array
}

let office: TestOffice
let chain: Chain
let links: readonly Link[]
beforeAll(async () => {
  office = await openOffice()
  const unit = await office.readyUnit()
  for (let count = 0; count < 5; count += 1) {
    const wanted = draft()
    const request = { unitId: unit.id, draft: wanted, idempotencyKey: `key-${wanted.number}`, actor: 'tester' }
    await issueDocument(office.ports, request)
  }
  const { read } = office.ports.storage
  const active = await read.activeChain(unit.id)
  if (active === undefined) throw new Error('the unit has no chain')
  chain = active
  links = await read.chainDocuments(chain.id, 0, 100)
})
afterAll(() => office.close())

/** The audit over links that somebody tampered with behind the database's back. */
const audit = (tampered: readonly Link[], head: Chain = chain) => {
  const chainDocuments: Reader['chainDocuments'] = async (_chain, afterIcv, limit) =>
    tampered.filter(({ document }) => document.icv > afterIcv).slice(0, limit)
  const read = { ...office.ports.storage.read, chainDocuments }
  return verifyChain({ storage: { ...office.ports.storage, read } }, head)
}

const change = (icv: number, edit: (link: Link) => Link): readonly Link[] =>
  links.map((link) => (link.document.icv === icv ? edit(link) : link))

const edited = (link: Link, from: string, to: string): Link => {
  const text = Buffer.from(link.signedXml).toString('utf8')
  expect(text).toContain(from)
  return { ...link, signedXml: Buffer.from(text.replace(from, to)) }
}

describe('the chain audit', () => {
  it('proves a whole chain', async () => {
    expect(await audit(links)).toMatchObject({ ok: true, documents: 5, firstBroken: undefined })
  })

  it('finds a missing document', async () => {
    const report = await audit(links.filter(({ document }) => document.icv !== 3))
    expect(report).toMatchObject({ ok: false, documents: 2, firstBroken: { icv: 4, id: 'CHAIN/icv' } })
  })

  it('finds documents cut off at the end', async () => {
    const report = await audit(links.slice(0, 4))
    expect(report).toMatchObject({ ok: false, firstBroken: { icv: 4, id: 'CHAIN/headIcv' } })
  })

  it('finds another PIH', async () => {
    const report = await audit(change(4, (link) => ({ ...link, document: { ...link.document, pih: chain.lastHash } })))
    expect(report).toMatchObject({ ok: false, firstBroken: { icv: 4, id: 'CHAIN/pih' } })
  })

  it('finds a changed amount', async () => {
    const report = await audit(
      change(2, (link) => edited(link, '>300.00</cbc:LineExtensionAmount>', '>301.00</cbc:LineExtensionAmount>')),
    )
    expect(report).toMatchObject({ ok: false, firstBroken: { icv: 2, id: 'CHAIN/hash' } })
  })

  it('finds a changed signature', async () => {
    const [, other] = /<ds:SignatureValue>([^<]+)</.exec(Buffer.from(links[2]?.signedXml ?? []).toString()) ?? []
    const report = await audit(
      change(2, (link) => {
        const [, own = ''] = /<ds:SignatureValue>([^<]+)</.exec(Buffer.from(link.signedXml).toString()) ?? []
        return edited(link, own, other ?? '')
      }),
    )
    expect(report).toMatchObject({ ok: false, firstBroken: { icv: 2, id: 'SIGNATURE/signatureValue' } })
  })

  it('finds a file that is no invoice', async () => {
    const report = await audit(change(5, (link) => ({ ...link, signedXml: Buffer.from('<x/>') })))
    expect(report).toMatchObject({
      ok: false,
      firstBroken: { icv: 5, id: 'CHAIN/readable', found: 'xml/not-an-invoice' },
    })
  })
})
