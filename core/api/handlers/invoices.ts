/** Operations on issued documents: issue, list, show, fetch bytes, send, correct, verify. */
import { Failure } from '#core/errors.ts'
import { issueDocument } from '#core/workflow/issuing/issue.ts'
import { issueBatch } from '#core/workflow/issuing/issue-batch.ts'
import { reissueDocument } from '#core/workflow/issuing/reissue.ts'
import { evidenceOf } from '#core/workflow/proving/evidence.ts'
import { evidenceBundle } from '#core/workflow/proving/evidence-bundle.ts'
import { verify } from '#core/zatca/verify.ts'
import type { Doors } from './doors.ts'
import { evidenceView } from './evidence-view.ts'
import type { Office } from './office.ts'
import { rowView } from './row-view.ts'
import { sendNow } from './send-now.ts'
import { documentDetail, documentSummary } from './views.ts'

export const invoiceHandlers = ({ members: { invoices } }: Doors, office: Office) => ({
  list: invoices.list.handler(async ({ input }) => {
    const { rows, next } = await office.storage.read.documents(input)
    return { rows: rows.map(documentSummary), next }
  }),
  issue: invoices.issue.handler(async ({ input, context }) => {
    const { id } = await issueDocument(office, { ...input, actor: context.user.id })
    return sentDetail(office, id)
  }),
  issueMany: invoices.issueMany.handler(async ({ input: { rows, ...request }, context }) => {
    const views: ReturnType<typeof rowView>[] = []
    for await (const outcome of issueBatch(office, { ...request, requests: rows, actor: context.user.id })) {
      views.push(rowView(outcome, rows[outcome.row - 1]?.draft, context.requestId))
    }
    return { rows: views }
  }),
  reissue: invoices.reissue.handler(async ({ input: { id: documentId, ...rest }, context }) => {
    const { id } = await reissueDocument(office, { ...rest, documentId, actor: context.user.id })
    return sentDetail(office, id)
  }),
  submit: invoices.submit.handler(({ input }) => sentDetail(office, input.id, { insist: true })),
  get: invoices.get.handler(({ input }) => detail(office, input.id)),
  xml: invoices.xml.handler(async ({ input: { id, form } }) => {
    const { fileName, signedXml, clearedXml } = await evidenceOf(office, id)
    const bytes = form === 'signed' ? signedXml : clearedXml
    if (bytes === undefined) throw new Failure('document/not-found', { details: { form } })
    return { fileName, base64: Buffer.from(bytes).toString('base64') }
  }),
  evidence: invoices.evidence.handler(async ({ input }) =>
    evidenceView(office, await evidenceBundle(office, input.id), await office.storage.read.users()),
  ),
  verify: invoices.verify.handler(async ({ input }) => {
    const { signedXml } = await evidenceOf(office, input.id)
    return [...(await verify(signedXml)).checks]
  }),
})

const detail = async (office: Office, documentId: string) =>
  documentDetail(await evidenceOf(office, documentId), await office.storage.read.users())

const sentDetail = async (office: Office, documentId: string, options?: { readonly insist: boolean }) => {
  await sendNow(office, documentId, options)
  return detail(office, documentId)
}
