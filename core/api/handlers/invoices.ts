/** Operations on issued documents: issue, list, show, fetch bytes, send, correct, verify. */
import { Failure } from '#core/errors.ts'
import { documentTexts } from '#core/messages/index.ts'
import type { DocumentFilter, DocumentStatus } from '#core/ports.ts'
import { issueDocument } from '#core/workflow/issuing/issue.ts'
import { issueBatch } from '#core/workflow/issuing/issue-batch.ts'
import { reissueDocument } from '#core/workflow/issuing/reissue.ts'
import { evidenceOf } from '#core/workflow/proving/evidence.ts'
import { evidenceBundle } from '#core/workflow/proving/evidence-bundle.ts'
import { verify } from '#core/zatca/verify.ts'
import { actorsOf } from './actors.ts'
import type { Doors } from './doors.ts'
import { evidenceView } from './evidence-view.ts'
import type { Office } from './office.ts'
import { rowView } from './row-view.ts'
import type { sendNow } from './send-now.ts'
import { documentDetail, documentSummary } from './views.ts'

/** Roads and their room are shared by all companies: a document is sent by the office, not within the companies of who asked. */
export type SendNow = (documentId: string, options?: Parameters<typeof sendNow>[2]) => Promise<void>

export const invoiceHandlers = ({ members: { invoices } }: Doors, sendNow: SendNow) => ({
  list: invoices.list.handler(async ({ input, context: { office } }) => {
    const { rows, next } = await office.storage.read.documents(input)
    return { rows: rows.map(documentSummary), next }
  }),
  issue: invoices.issue.handler(async ({ input, context: { office, user } }) => {
    const { id } = await issueDocument(office, { ...input, actor: user.id })
    await sendNow(id)
    return detail(office, id)
  }),
  issueMany: invoices.issueMany.handler(
    async ({ input: { rows, ...request }, context: { office, user, requestId } }) => {
      const views: ReturnType<typeof rowView>[] = []
      for await (const outcome of issueBatch(office, { ...request, requests: rows, actor: user.id })) {
        views.push(rowView(outcome, rows[outcome.row - 1]?.draft, requestId))
      }
      return { rows: views }
    },
  ),
  reissue: invoices.reissue.handler(async ({ input: { id: documentId, ...rest }, context: { office, user } }) => {
    const { id } = await reissueDocument(office, { ...rest, documentId, actor: user.id })
    await sendNow(id)
    return detail(office, id)
  }),
  submit: invoices.submit.handler(async ({ input: { id }, context: { office } }) => {
    await assertSeen(office, id)
    await sendNow(id, { insist: true })
    return detail(office, id)
  }),
  get: invoices.get.handler(({ input, context: { office } }) => detail(office, input.id)),
  status: invoices.status.handler(async ({ input, context: { office } }) => {
    const summary = documentSummary(await latestOf(office, input))
    return { ...summary, standing: documentTexts(summary) }
  }),
  xml: invoices.xml.handler(async ({ input: { id, form }, context: { office } }) => {
    const { fileName, signedXml, clearedXml } = await evidenceOf(office, id)
    const bytes = form === 'signed' ? signedXml : clearedXml
    if (bytes === undefined) throw new Failure('document/not-found', { details: { form } })
    return { fileName, base64: Buffer.from(bytes).toString('base64') }
  }),
  evidence: invoices.evidence.handler(async ({ input, context: { office } }) =>
    evidenceView(office, await evidenceBundle(office, input.id), await actorsOf(office.storage.read)),
  ),
  verify: invoices.verify.handler(async ({ input, context: { office } }) => {
    const { signedXml } = await evidenceOf(office, input.id)
    return [...(await verify(signedXml)).checks]
  }),
})

const detail = async (office: Office, documentId: string) =>
  documentDetail(await evidenceOf(office, documentId), await actorsOf(office.storage.read))

type Numbered = Pick<DocumentFilter, 'number' | 'companyId' | 'environment'>

/** Of a number and its corrections the last one; the environment is the office's own when that tells them apart. */
const latestOf = async ({ storage, environments }: Office, asked: Numbered): Promise<DocumentStatus> => {
  const { rows } = await storage.read.documents({ ...asked, limit: 200 })
  const own = rows.filter(({ document }) => document.environment === environments[0])
  const candidates = own.length > 0 ? own : rows
  const [latest] = candidates.toSorted((a, b) => b.document.reissueNo - a.document.reissueNo)
  if (latest === undefined) throw new Failure('document/not-found', { details: { number: asked.number } })
  const places = new Set(candidates.map(({ document }) => `${document.companyId} ${document.environment}`))
  if (places.size > 1) throw new Failure('document/ambiguous', { details: { number: asked.number } })
  return latest
}

/** What the caller cannot see is not sent either. */
const assertSeen = async ({ storage }: Office, id: string): Promise<void> => {
  if ((await storage.read.documentStatus(id)) === undefined)
    throw new Failure('document/not-found', { details: { id } })
}
