/** The document calls: compliance check, reporting and clearance, from the request body to the answer (spec A6 to A8). */
import { z } from 'zod'
import { type Answer, answer, refusal } from './answer.ts'
import type { SignedInCall } from './call.ts'
import { readCertificate } from './certificates/certificate.ts'
import { sha256Hex } from './certificates/ecdsa.ts'
import { ENVIRONMENTS } from './environments.ts'
import { type Finding, finding } from './judge/finding.ts'
import { type Invoice, isSimplified, kindOf, readInvoice } from './judge/invoice.ts'
import { type Channel, isAccepted, judge } from './judge/judge.ts'
import type { Entry } from './ledger.ts'
import { type Language, refusalText } from './messages.ts'
import { stampInvoice } from './stamp.ts'

const DUPLICATE_MEMORY = 24 * 3600 * 1000

const documentBody = z.object({ invoiceHash: z.string(), uuid: z.string(), invoice: z.base64() })

/** `POST /compliance/invoices`: judges a document of the onboarding; nothing of it is counted. */
export const checkCompliance = (call: SignedInCall): Answer => withDocument(call, 'compliance', judgeDocument)

/** `POST /invoices/reporting/single`: takes a simplified document. */
export const report = (call: SignedInCall): Answer => withDocument(call, 'reporting', judgeOnce)

/** `POST /invoices/clearance/single`: takes a standard document and returns it with the stamp of the authority. */
export function clear(call: SignedInCall): Answer {
  if (clearanceIsOff(call)) return answer(303, { message: refusalText('Clearance-Off', call.language) })
  return withDocument(call, 'clearance', judgeOnce)
}

/** In the sandbox the header alone plays a clearance that is switched off (spec A3). */
const clearanceIsOff = ({ practice, environment, request }: SignedInCall): boolean =>
  practice.state.settings.clearance === 'off' ||
  (ENVIRONMENTS[environment].isCanned && request.headers['clearance-status'] === '0')

/** A document that arrived, readable or not. */
interface Arrival {
  readonly call: SignedInCall
  readonly channel: Channel
  readonly claims: z.infer<typeof documentBody>
  readonly xml: Buffer
}

interface Submission extends Arrival {
  readonly invoice: Invoice
}

function withDocument(call: SignedInCall, channel: Channel, judgement: (submission: Submission) => Answer): Answer {
  const body = documentBody.safeParse(call.body)
  if (!body.success) return refusal(400, 'Invalid-Request', call.language)
  const xml = Buffer.from(body.data.invoice, 'base64')
  const arrival = { call, channel, claims: body.data, xml }
  const invoice = readInvoice(xml)
  if (!('problem' in invoice)) return judgement({ ...arrival, invoice })
  const findings = [finding('XSD_ZATCA_INVALID', { reason: invoice.problem })]
  record(arrival, undefined, { status: 400, outcome: 'rejected', codes: codesOf(findings) })
  return rejected(arrival, undefined, findings)
}

const codesOf = (findings: readonly Finding[]): string[] => findings.map(({ code }) => code ?? '')

/** A document that was accepted within the last 24 hours gets the answer for duplicates instead of a judgement. */
function judgeOnce(submission: Submission): Answer {
  const { call, channel, invoice } = submission
  const since = call.practice.now() - DUPLICATE_MEMORY
  const earlier = call.practice.ledger.acceptedSince(call.environment, invoice.hash, since)
  if (!earlier || earlier.endpoint !== channel) return judgeDocument(submission)
  record(submission, invoice, { status: channel === 'clearance' ? 208 : 409, outcome: 'duplicate', codes: [] })
  return channel === 'clearance'
    ? accepted(submission, 208, [], Date.parse(earlier.at))
    : alreadyReported(call.language)
}

function judgeDocument(submission: Submission): Answer {
  const { call, channel, invoice } = submission
  const findings = [...judged(submission), ...call.practice.scripted.take(channel)]
  const codes = codesOf(findings)
  if (!isAccepted(findings)) {
    record(submission, invoice, { status: 400, outcome: 'rejected', codes })
    return rejected(submission, invoice, findings)
  }
  const [status, outcome] =
    findings.length > 0 ? ([202, 'accepted-with-warnings'] as const) : ([200, 'accepted'] as const)
  const { at } = record(submission, invoice, { status, outcome, codes })
  if (channel === 'compliance') rememberPassed(submission)
  return accepted(submission, status, findings, Date.parse(at))
}

function judged({ call, channel, claims, invoice }: Submission): readonly Finding[] {
  const { state, ledger, now } = call.practice
  return judge(invoice, claims, {
    channel,
    certificate: call.certificate,
    csid: call.caller.csid,
    roots: [state.authority.compliance, state.authority.production].map((root) => readCertificate(root.certificate)),
    ledger,
    clearanceIsOff: state.settings.clearance === 'off',
    isChained: channel !== 'compliance' && !ENVIRONMENTS[call.environment].isCanned,
    now: now(),
  })
}

function rememberPassed({ call, invoice }: Submission): void {
  const kind = kindOf(invoice)
  if (call.caller.passed.includes(kind)) return
  call.caller.passed.push(kind)
  call.practice.save()
}

function record(
  arrival: Arrival,
  invoice: Invoice | undefined,
  result: Pick<Entry, 'status' | 'outcome' | 'codes'>,
): Entry {
  const { call, channel, xml } = arrival
  const entry: Entry = {
    at: new Date(call.practice.now()).toISOString(),
    environment: call.environment,
    endpoint: channel,
    csid: call.caller.csid,
    vatNumber: call.caller.vatNumber,
    number: invoice?.fields.number ?? '',
    kind: invoice ? kindOf(invoice) : '',
    icv: invoice?.fields.icv ?? '',
    pih: invoice?.fields.pih ?? '',
    uuid: invoice?.fields.uuid ?? '',
    hash: invoice?.hash ?? '',
    ...result,
    requestSha256: sha256Hex(call.request.body),
    invoiceSha256: sha256Hex(xml),
  }
  call.practice.ledger.add(entry)
  return entry
}

function accepted(
  { call, channel, invoice }: Submission,
  status: number,
  findings: readonly Finding[],
  at: number,
): Answer {
  const results = { validationResults: validationResults(findings, call.language), ...verdict(channel, invoice, true) }
  if (channel !== 'clearance') return answer(status, results)
  const stamped = stampInvoice(invoice, call.practice.state.authority.stamp, at)
  return answer(status, { ...results, clearedInvoice: Buffer.from(stamped).toString('base64') })
}

const rejected = ({ call, channel }: Arrival, invoice: Invoice | undefined, findings: readonly Finding[]): Answer =>
  answer(400, {
    validationResults: validationResults(findings, call.language),
    ...verdict(channel, invoice, false),
    ...(channel === 'clearance' ? { clearedInvoice: null } : {}),
  })

/** reportingStatus and clearanceStatus as each channel has them. */
function verdict(channel: Channel, invoice: Invoice | undefined, isTaken: boolean): object {
  const reportingStatus = isTaken ? 'REPORTED' : 'NOT_REPORTED'
  const clearanceStatus = isTaken ? 'CLEARED' : 'NOT_CLEARED'
  if (channel === 'reporting') return { reportingStatus }
  if (channel === 'clearance') return { clearanceStatus }
  const statuses =
    invoice && isSimplified(invoice)
      ? { reportingStatus, clearanceStatus: null }
      : { reportingStatus: null, clearanceStatus }
  return { ...statuses, qrSellertStatus: null, qrBuyertStatus: null }
}

const SCHEMA_IS_VALID = {
  type: 'INFO',
  code: 'XSD_ZATCA_VALID',
  category: 'XSD validation',
  message: 'Complied with UBL 2.1 standards in line with ZATCA specifications',
  status: 'PASS',
}

function validationResults(findings: readonly Finding[], language: Language): object {
  const of = (severity: Finding['severity']) => findings.filter((item) => item.severity === severity)
  const schemaFailed = findings.some(({ code }) => code === 'XSD_ZATCA_INVALID')
  return {
    infoMessages: schemaFailed ? [] : [SCHEMA_IS_VALID],
    warningMessages: of('WARNING').map((item) => message(item, language)),
    errorMessages: of('ERROR').map((item) => message(item, language)),
    status: of('ERROR').length > 0 ? 'ERROR' : of('WARNING').length > 0 ? 'WARNING' : 'PASS',
  }
}

const message = (item: Finding, language: Language): object => ({
  type: item.severity,
  code: item.code,
  category: item.category,
  message: item.message[language],
  status: item.severity,
})

/** 409: code and category are null, and the status says NOT_REPORTED although the first copy was (spec A8). */
function alreadyReported(language: Language): Answer {
  const text = refusalText('Already-Reported', language)
  const item = { type: 'ERROR', code: null, category: null, message: text, status: 'ERROR' }
  const results = { infoMessages: [], warningMessages: [], errorMessages: [item], status: 'ERROR' }
  return answer(409, { validationResults: results, reportingStatus: 'NOT_REPORTED' })
}
