/** What leaves the router: coded, worded in both languages, and silent about what nobody foresaw. */
import { describe, expect, it } from 'vitest'
import { dispatch } from '#core/api/dispatch.ts'
import { failureBodyOf } from '#core/api/failure-body.ts'
import { codedFailure } from '#core/api/handlers/coded-failure.ts'
import { Failure } from '#core/errors.ts'
import type { Log } from '#core/ports.ts'
import { jsonLog } from '#core/system/log.ts'

const searchable = (): { log: Log; text: () => string } => {
  const lines: string[] = []
  return { log: jsonLog({ destination: { write: (line) => void lines.push(line) } }), text: () => lines.join('') }
}
const occasion = (log: Log, input: unknown = {}) => ({
  log,
  requestId: 'request-1',
  operation: 'invoices.issue',
  input,
})

describe('codedFailure', () => {
  it('hides an unforeseen error from the caller and its text from the log', () => {
    const { log, text } = searchable()
    const body = failureBodyOf(codedFailure(new TypeError('canary-4711'), occasion(log)), 'request-1')
    expect(body).toMatchObject({ error: 'internal/unexpected', details: {}, requestId: 'request-1' })
    expect(text()).toMatch(/request-1.*TypeError.*coded-failure\.test\.ts/)
    expect(JSON.stringify(body) + text()).not.toContain('canary')
  })

  it('does not log what was foreseen', () => {
    const { log, text } = searchable()
    expect(codedFailure(new Failure('unit/not-ready'), occasion(log)).code).toBe('unit/not-ready')
    expect(text()).toBe('')
  })

  it('puts words to violations and leads them to their field', () => {
    const path = '/Invoice/cac:InvoiceLine[2]/cac:Price/cbc:PriceAmount'
    const thrown = new Failure('document/invalid', {
      details: { violations: [{ rule: 'BR-26', severity: 'error', path, params: { actual: '-1.00' } }] },
    })
    const { details } = codedFailure(thrown, occasion(searchable().log))
    expect(details['violations']).toEqual([
      expect.objectContaining({
        rule: 'BR-26',
        field: 'lines[1].price',
        message: expect.stringContaining('Line 2'),
        message_ar: expect.stringContaining('البند 2'),
      }),
    ])
  })

  it('shows a rule of another release by its id', () => {
    const violations = [{ rule: 'BR-OLD-1', severity: 'error', path: '/Invoice' }]
    const { details } = codedFailure(
      new Failure('document/invalid', { details: { violations } }),
      occasion(searchable().log),
    )
    expect(details['violations']).toEqual([expect.objectContaining({ message: 'BR-OLD-1' })])
  })

  it.each(['missing', 'vat-format', 'required', 'fixed'])('puts words to the finding %s', (code) => {
    const thrown = new Failure('request/invalid', { details: { findings: [{ path: 'vatNumber', code }] } })
    const { details } = codedFailure(thrown, occasion(searchable().log))
    expect(details['findings']).toEqual([
      expect.objectContaining({ path: 'vatNumber', code, message_ar: expect.stringMatching(/[\u0621-\u064a]/) }),
    ])
  })
})

describe('dispatch', () => {
  it.each([[[]], [['invoices']], [['invoices', 'nowhere']], [['constructor']], [['__proto__', 'toString']]])(
    'finds no operation at %j',
    async (path) => {
      const outcome = await dispatch({}, { path, input: {}, context: { requestId: 'request-1' } })
      expect(outcome).toMatchObject({ ok: false, status: 404, error: { error: 'request/not-found' } })
    },
  )
})
