/** The shapes that several operations share: findings, companies, units, documents. JSON only; bytes travel as base64. */
import { z } from 'zod'
import { documentKinds, draftParty, draftSchema, profiles } from '../../invoice/draft.ts'
import {
  documentStates,
  endpoints,
  environments,
  functionalities,
  roles,
  unitStates,
  verdictKinds,
} from '../../vocabulary.ts'

export const id = z.string().min(1).max(64)
/** ISO 8601 instant, UTC */
export const instant = z.string()
export const environment = z.enum(environments)

/** A rule that a document breaks: official id, severity, UBL path, the form field it belongs to, and both languages. */
export const violation = z.object({
  rule: z.string(),
  severity: z.enum(['error', 'warning']),
  path: z.string(),
  field: z.string().optional(),
  message: z.string(),
  message_ar: z.string(),
})

export const bilingual = z.object({ en: z.string(), ar: z.string() })

/** A row of the state table: what happened, what the program does, what you do. */
export const stateSentences = z.object({ name: bilingual, happened: bilingual, program: bilingual, you: bilingual })

/** What the gateway said about a document. */
export const gatewayFinding = z.object({
  type: z.enum(['info', 'warning', 'error']),
  code: z.string().optional(),
  category: z.string().optional(),
  message: z.string(),
})

/** Every client company, or those with these ids */
export const scope = z.union([z.literal('all'), z.array(id).max(1000)])

export const user = z.object({
  id,
  username: z.string(),
  name: z.string(),
  role: z.enum(roles),
  /** Somebody else chose the password: until it is changed every other operation is refused */
  mustChangePassword: z.boolean(),
  /** Signing in asks for a code */
  totp: z.boolean(),
  /** The client companies that the user works for */
  companies: scope,
})

export const companyInput = z.strictObject({
  name: z.string(),
  vatNumber: z.string(),
  party: draftParty.omit({ name: true, vatNumber: true }),
  /** CSR business category */
  industry: z.string(),
})
export const company = companyInput.extend({ id, createdAt: instant })

export const chainState = z.enum(['active', 'draining', 'closed', 'frozen'])

export const unitInput = z.strictObject({
  companyId: id,
  environment,
  name: z.string(),
  /** CSR OU: branch name, or the member's 10-digit TIN in a VAT group */
  branch: z.string(),
  functionality: z.enum(functionalities),
})
export const unit = unitInput.extend({
  id,
  state: z.enum(unitStates),
  /** From the certificate; absent until one was issued */
  certificateNotAfter: instant.optional(),
  lastIcv: z.number().int().optional(),
  chainState: chainState.optional(),
  standing: stateSentences,
  /** Set when the chain is frozen */
  chainStanding: stateSentences.optional(),
})

/** One of the three or six documents that ZATCA asks for before it issues a production CSID (spec B5). */
export const complianceStep = z.object({
  kind: z.enum(documentKinds),
  profile: z.enum(profiles),
  state: z.enum(['open', 'passed', 'failed']),
  findings: z.array(gatewayFinding),
})

/** Where onboarding of a unit stands and what comes next. */
export const onboarding = z.object({
  unit,
  next: z.enum(['otp', 'check', 'activate', 'done']),
  compliance: z.array(complianceStep),
  /** The certificate that the next step rests on or, when all is done, the one in use */
  csidId: id.optional(),
})

export const documentSummary = z.object({
  id,
  companyId: id,
  unitId: id,
  environment,
  number: z.string(),
  kind: z.enum(documentKinds),
  profile: z.enum(profiles),
  icv: z.number().int(),
  issueDate: z.string(),
  issueTime: z.string(),
  buyerName: z.string().optional(),
  currency: z.string(),
  taxInclusiveAmount: z.string(),
  taxAmountSar: z.string(),
  state: z.enum(documentStates),
  /** Why it is held, or what it waits for */
  heldReason: z.string().optional(),
  warnings: z.number().int(),
  reissueNo: z.number().int(),
  supersedes: id.optional(),
  supersededBy: id.optional(),
  sealedAt: instant,
  /** End of the 24 hours of a simplified document that is not reported yet */
  deadlineAt: instant.optional(),
})

export const attempt = z.object({
  endpoint: z.enum(endpoints),
  startedAt: instant,
  finishedAt: instant.optional(),
  /** Absent when the answer was never recorded */
  verdict: z.enum(verdictKinds).optional(),
  httpStatus: z.number().int().optional(),
  /** Why the outcome is unknown or nothing was sent, as the system names it */
  cause: z.string().optional(),
})

export const documentDetail = documentSummary.extend({
  standing: stateSentences,
  uuid: z.string(),
  hash: z.string(),
  pih: z.string(),
  /** Base64 text of the QR code to print: ZATCA's own after clearance */
  qr: z.string(),
  draft: draftSchema,
  violations: z.array(violation),
  findings: z.array(gatewayFinding),
  attempts: z.array(attempt),
  history: z.array(z.object({ at: instant, actor: z.string(), action: z.string() })),
  nextAttemptAt: instant.optional(),
  hasClearedXml: z.boolean(),
  /** ZATCA's file name (spec C14) */
  fileName: z.string(),
})

/** The result of one named check of a signed file or of a chain. */
export const proof = z.object({
  id: z.string(),
  ok: z.boolean(),
  expected: z.string().optional(),
  found: z.string().optional(),
})
