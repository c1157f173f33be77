/** Operations on unfinished documents: keep, remove, judge. */
import { Failure } from '#core/errors.ts'
import { removeDraft, saveDraft } from '#core/office/drafts.ts'
import { judgeSale } from '#core/workflow/issuing/check-sale.ts'
import { settingsOf } from '#core/workflow/settings.ts'
import type { Doors } from './doors.ts'
import { violationView } from './violation-view.ts'

export const draftHandlers = ({ members: { drafts } }: Doors) => ({
  list: drafts.list.handler(async ({ input, context: { office } }) =>
    (await office.storage.read.drafts(input.companyId)).map(({ id, updatedAt, draft }) => ({ id, updatedAt, draft })),
  ),
  save: drafts.save.handler(async ({ input, context: { office, user } }) => {
    const { id, updatedAt } = await saveDraft(office, { ...input, actor: user.id })
    return { id, updatedAt }
  }),
  remove: drafts.remove.handler(async ({ input, context: { office, user } }) => {
    await removeDraft(office, { ...input, actor: user.id })
    return { removed: true }
  }),
  check: drafts.check.handler(async ({ input: { companyId, draft }, context: { office } }) => {
    const company = await office.storage.read.company(companyId)
    if (company === undefined) throw new Failure('company/not-found', { details: { id: companyId } })
    const { violations } = judgeSale(office, company, draft, await settingsOf(office.storage.read))
    return violations.map((violation) => violationView(violation, draft))
  }),
})
