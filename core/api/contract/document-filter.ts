/** Which documents: the same filter for the list, the exports and the reports. */
import { z } from 'zod'
import { documentKinds, profiles } from '../../invoice/draft.ts'
import { documentStates } from '../../vocabulary.ts'
import { environment, id } from './shapes.ts'

/** `YYYY-MM-DD`, as on the document */
const day = z.iso.date().optional()

export const documentFilter = z.strictObject({
  /** Absent: every company that the caller may see */
  companyId: id.optional(),
  unitId: id.optional(),
  environment: environment.optional(),
  state: z.enum(documentStates).optional(),
  kind: z.enum(documentKinds).optional(),
  profile: z.enum(profiles).optional(),
  /** First and last day of issue, both included */
  issuedFrom: day,
  issuedTo: day,
  /** The whole number, as it is */
  number: z.string().max(127).optional(),
  /** Words of the buyer's name; alef, taa marbuta and digits are found in every spelling */
  buyer: z.string().max(200).optional(),
  /** Words of number, buyer or UUID, in every spelling */
  search: z.string().max(200).optional(),
})

/** Where a page begins (`next` of the one before) and how many rows it has. */
export const paging = {
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
}
