/** What each answer of ZATCA means: the bodies are those of spec A4 to A11, one row each. */
import { describe, expect, it } from 'vitest'
import { type Channel, csidVerdict, documentVerdict } from '#core/gateway/verdict.ts'

const answered = (status: number, body: unknown, retryAfter?: string) => ({
  kind: 'answered' as const,
  status,
  retryAfter,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  serverTime: undefined,
  roundTripMs: 0,
})

const message = (type: string, code: string | null = 'BR-KSA-98') => ({
  type,
  code,
  category: 'KSA',
  message: 'text',
  status: type,
})
const results = (...errors: object[]) => ({
  infoMessages: [{ type: 'INFO', code: 'XSD_ZATCA_VALID', category: 'XSD validation', message: 'ok', status: 'PASS' }],
  warningMessages: [],
  errorMessages: errors,
  status: errors.length > 0 ? 'ERROR' : 'PASS',
})
const clearedInvoice = Buffer.from('<Invoice/>').toString('base64')
const cleared = { validationResults: results(), clearanceStatus: 'CLEARED', clearedInvoice }
const reported = { validationResults: results(), reportingStatus: 'REPORTED' }
const page = '<html><body>gateway</body></html>'

type Row = readonly [name: string, channel: Channel, status: number, body: unknown, expected: object]

const rows: readonly Row[] = [
  ['200', 'clearance', 200, cleared, { kind: 'accepted', outcome: 'cleared', duplicate: false }],
  ['200', 'reporting', 200, reported, { kind: 'accepted', outcome: 'reported', duplicate: false }],
  ['202', 'clearance', 202, cleared, { kind: 'accepted', outcome: 'cleared' }],
  ['202', 'reporting', 202, reported, { kind: 'accepted', outcome: 'reported' }],
  ['208', 'clearance', 208, cleared, { kind: 'accepted', outcome: 'cleared', duplicate: true }],
  [
    '409',
    'reporting',
    409,
    { reportingStatus: 'NOT_REPORTED' },
    { kind: 'accepted', outcome: 'reported', duplicate: true },
  ],
  ['409 as text', 'reporting', 409, 'already reported', { kind: 'accepted', duplicate: true }],
  ['409', 'clearance', 409, {}, { kind: 'unknown' }],
  [
    'older duplicate',
    'reporting',
    200,
    { message: 'Invoice Hash Previously Submitted', reportingStatus: 'REPORTED_SUCCESSFULLY_EARLIER' },
    { kind: 'accepted', outcome: 'reported', duplicate: true },
  ],
  ['303', 'clearance', 303, { message: 'use reporting' }, { kind: 'reroute' }],
  ['303', 'reporting', 303, {}, { kind: 'misconfigured' }],
  [
    '400',
    'clearance',
    400,
    { validationResults: results(message('ERROR')), clearanceStatus: 'NOT_CLEARED' },
    { kind: 'rejected' },
  ],
  [
    '400 flat',
    'reporting',
    400,
    { code: 'Invalid', message: 'x' },
    { kind: 'rejected', findings: [{ type: 'error', code: 'Invalid', category: undefined, message: 'x' }] },
  ],
  ['400 page', 'reporting', 400, page, { kind: 'misconfigured' }],
  [
    '401',
    'clearance',
    401,
    { timestamp: 1, status: 401, error: 'Unauthorized', message: '' },
    { kind: 'sign-in-refused' },
  ],
  ['403', 'reporting', 403, page, { kind: 'sign-in-refused' }],
  ['404', 'reporting', 404, page, { kind: 'misconfigured' }],
  ['405', 'reporting', 405, page, { kind: 'misconfigured' }],
  ['406', 'reporting', 406, 'This Version is not supported', { kind: 'misconfigured' }],
  ['415', 'reporting', 415, '', { kind: 'misconfigured' }],
  ['413', 'clearance', 413, page, { kind: 'too-large' }],
  ['428', 'clearance', 428, {}, { kind: 'renewal-needed' }],
  ['429', 'clearance', 429, '', { kind: 'throttled', retryAfterSeconds: 30 }],
  [
    '500',
    'clearance',
    500,
    { category: 'HTTP-Errors', code: '500', message: 'x' },
    { kind: 'unknown', cause: 'http-500' },
  ],
  ['503', 'clearance', 503, page, { kind: 'unknown' }],
  ['504', 'reporting', 504, page, { kind: 'unknown' }],
  ['200 page', 'clearance', 200, page, { kind: 'unknown', cause: 'body-not-json' }],
  ['200 cut', 'reporting', 200, '{"validationResults":{"st', { kind: 'unknown', cause: 'body-not-json' }],
  ['200 empty', 'reporting', 200, '', { kind: 'unknown' }],
  ['200 array', 'reporting', 200, '[]', { kind: 'unknown' }],
  ['200 without outcome', 'reporting', 200, {}, { kind: 'unknown', cause: 'body-without-outcome' }],
  ['200 not reported', 'reporting', 200, { reportingStatus: 'NOT_REPORTED' }, { kind: 'unknown' }],
  ['200 of the other kind', 'clearance', 200, reported, { kind: 'unknown', cause: 'other-outcome' }],
  ['200 without the document', 'clearance', 200, { ...cleared, clearedInvoice: null }, { kind: 'unknown' }],
  ['200 with no base64', 'clearance', 200, { ...cleared, clearedInvoice: '<Invoice/>' }, { kind: 'unknown' }],
  ['204', 'reporting', 204, '', { kind: 'unknown' }],
  ['302', 'reporting', 302, '', { kind: 'misconfigured' }],
  ['418', 'reporting', 418, '', { kind: 'misconfigured' }],
  ['check passed', 'compliance', 200, { ...cleared, clearedInvoice: null }, { kind: 'accepted', outcome: 'cleared' }],
  ['check passed with warnings', 'compliance', 202, reported, { kind: 'accepted', outcome: 'reported' }],
  ['check failed', 'compliance', 400, { validationResults: results(message('ERROR')) }, { kind: 'rejected' }],
]

describe('the verdict on a document', () => {
  it.each(rows)('%s from %s', (_name, channel, status, body, expected) => {
    const verdict = documentVerdict(channel, answered(status, body, '30'))
    expect(verdict).toMatchObject({ ...expected, httpStatus: status })
  })

  it('gives back the bytes that ZATCA stamped', () => {
    const verdict = documentVerdict('clearance', answered(200, cleared))
    expect(verdict.kind === 'accepted' && Buffer.from(verdict.clearedXml ?? []).toString()).toBe('<Invoice/>')
  })

  it('tells nothing sent, an untrusted gateway and a lost answer apart', () => {
    const kinds = (['unsent', 'untrusted', 'unknown'] as const).map(
      (kind) => documentVerdict('clearance', { kind, cause: 'x' }).kind,
    )
    expect(kinds).toEqual(['unsent', 'misconfigured', 'unknown'])
  })
})

describe('the findings', () => {
  const findings = (body: unknown) => {
    const verdict = documentVerdict('compliance', answered(400, body))
    return verdict.kind === 'rejected' ? verdict.findings.map(({ type, code }) => [type, code]) : verdict.kind
  }

  it.each([
    [
      'in validationResults',
      { validationResults: { errorMessages: [message('ERROR', 'A')], warningMessages: [message('WARNING', 'B')] } },
      [
        ['warning', 'B'],
        ['error', 'A'],
      ],
    ],
    [
      'at the top',
      { validationResults: { infoMessages: message('INFO', 'C') }, errorMessages: [message('ERROR', 'A')] },
      [
        ['info', 'C'],
        ['error', 'A'],
      ],
    ],
    ['with the slip of the schema', { validationResults: { erroMessages: [message('ERROR', 'A')] } }, [['error', 'A']]],
    ['as errors', { errors: [{ code: 'Invalid-OTP', message: 'x' }] }, [['error', 'Invalid-OTP']]],
    ['as texts', { errors: ['text'] }, [['error', undefined]]],
    ['flat', { errorCode: 'E1', errorCategory: 'Invalid-CSR', errorMessage: 'x' }, [['error', 'E1']]],
    [
      'with nulls',
      { validationResults: { errorMessages: [message('ERROR', null)], warningMessages: null } },
      [['error', undefined]],
    ],
    ['as nonsense', { validationResults: 7, errors: [7, null, {}] }, []],
  ])('%s', (_name, body, expected) => {
    expect(findings(body)).toEqual(expected)
  })
})

const issued = {
  requestID: 1234567890123,
  dispositionMessage: 'ISSUED',
  binarySecurityToken: 'VE9LRU4=',
  secret: 'U0VDUkVU',
}
const notCompliant = {
  requestID: -2,
  tokenType: null,
  dispositionMessage: 'NOT_COMPLIANT',
  binarySecurityToken: null,
  errors: ['Denied'],
}
const renewed = { ...issued, dispositionMessage: 'NOT_COMPLIANT', requestID: '347' }

type CsidRow = readonly [name: string, status: number, body: unknown, expected: object]

const csidRows: readonly CsidRow[] = [
  [
    'issued',
    200,
    issued,
    { kind: 'issued', requestId: '1234567890123', token: 'VE9LRU4=', secret: 'U0VDUkVU', complianceNeeded: false },
  ],
  ['refused in the shape of a success', 200, notCompliant, { kind: 'csr-refused', message: 'Denied' }],
  ['success without a secret', 200, { ...issued, secret: '' }, { kind: 'refused' }],
  ['success that is cut', 200, '{"requestID":', { kind: 'unknown' }],
  ['renewal, wrapped', 428, { value: renewed }, { kind: 'issued', requestId: '347', complianceNeeded: true }],
  ['renewal, unwrapped', 428, renewed, { kind: 'issued', complianceNeeded: true }],
  ['no OTP', 400, { errors: [{ code: 'Missing-OTP', message: 'x' }] }, { kind: 'otp-refused' }],
  ['wrong OTP', 400, { errors: [{ code: 'Invalid-OTP', message: 'x' }] }, { kind: 'otp-refused', message: 'x' }],
  [
    'wrong CSR by category',
    400,
    { errorCode: '7', errorCategory: 'Invalid-CSR', errorMessage: 'x' },
    { kind: 'csr-refused' },
  ],
  ['wrong CSR by code', 400, { errors: [{ code: 'Invalid-CSR', message: 'x' }] }, { kind: 'csr-refused' }],
  [
    'documents missing',
    400,
    { errors: [{ code: 'Missing-ComplianceSteps', message: 'x' }] },
    { kind: 'steps-missing' },
  ],
  ['anything else', 400, { errors: ['x'] }, { kind: 'refused', message: 'x' }],
  ['wrong sign-in', 401, { status: 401, error: 'Unauthorized', message: '' }, { kind: 'refused' }],
  ['wrong version', 406, 'text', { kind: 'refused', message: 'HTTP 406' }],
  ['too often', 429, '', { kind: 'unsent' }],
  ['server error', 500, { code: 'Invalid-Request', message: 'x' }, { kind: 'unknown' }],
]

describe('the verdict on a certificate request', () => {
  it.each(csidRows)('%s (%i)', (_name, status, body, expected) => {
    expect(csidVerdict(answered(status, body))).toMatchObject({ ...expected, httpStatus: status })
  })

  it('keeps neither token nor secret in the body for the journal', () => {
    for (const body of [issued, { value: renewed }]) {
      expect(csidVerdict(answered(200, body)).body).not.toMatch(/VE9LRU4|U0VDUkVU/)
    }
  })

  it('keeps them out also when the answer was cut off within one of them', () => {
    const whole = JSON.stringify({ ...issued, secret: 'U0VDUkVU' })
    for (let end = whole.length - 1; end > 0; end--)
      expect(csidVerdict(answered(200, whole.slice(0, end))).body).not.toMatch(/VE9|U0V/)
  })
})
