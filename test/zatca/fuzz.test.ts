/** Whatever is in a file, judging it ends, and with findings or with a coded failure: never with another error. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Failure } from '#core/errors.ts'
import { violationView } from '#core/messages/index.ts'
import { checkXml } from '#core/zatca/check.ts'
import { dice, mutations } from '../structure/mutations.ts'
import { decode, encode, vectorNames, vectorXml } from './fixtures.ts'

/** Files tried; every night `KHATM_FUZZ=1000000`. */
const runs = Number(process.env['KHATM_FUZZ'] ?? '3000')
/** The row of files is the same every time; another one with `KHATM_SEED`. Seeds that once failed stay in the list. */
const seeds = process.env['KHATM_SEED'] === undefined ? [20261123, 1_729_410] : [Number(process.env['KHATM_SEED'])]
/** No file of this size may take longer, whatever is in it. */
const longest = 5000

const sources = vectorNames.map((name) => decode(vectorXml(name)))

/** Pieces that mean something to XML, to UBL or to a rule. */
const pieces = [
  ...[
    '<',
    '>',
    '&',
    '"',
    '</',
    '/>',
    ']]>',
    '<!--',
    '-->',
    '<![CDATA[',
    '<!DOCTYPE x>',
    '<?x?>',
    '&#0;',
    '&#x1F600;',
    '&amp;',
  ],
  ...['\0', '\u0001', '\ufeff', '\ud800', '\u202e', '\u00a0', '٣', 'ن'.repeat(2000), ' ', '\n', '\r\n', '\t'],
  ...[
    ' xmlns="urn:x"',
    ' xmlns:cbc="urn:x"',
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
    ' currencyID="USD"',
  ],
  ...['-', '0', '00.0', '1e999', 'NaN', '.', '9'.repeat(500), `0.${'0'.repeat(300)}1`, '-0.00', '1.005', '+5'],
  ...['2024-02-30', '0000-00-00', '99999-12-31', '24:00:00', '12:30:00Z', '0200000', '0211111', '388', '386', '381'],
  ...['S', 'Z', 'E', 'O', 'QR', 'ICV', 'PIH', 'AQ==', 'VAT', 'SAR', 'constructor', '__proto__', 'toString'],
  ...['<cbc:ID>1</cbc:ID>', '<cac:TaxTotal/>', '<cac:InvoiceLine></cac:InvoiceLine>', '<cbc:Note/>', '<cac:Price/>'],
]

type Edit = (text: string) => string
const place = (text: string, at: number): number => at % (text.length + 1)

const cut = fc.tuple(fc.nat(), fc.nat(400)).map(
  ([at, length]): Edit =>
    (text) => {
      const start = place(text, at)
      return text.slice(0, start) + text.slice(start + length)
    },
)
const insert = fc.tuple(fc.nat(), fc.constantFrom(...pieces)).map(
  ([at, piece]): Edit =>
    (text) => {
      const start = place(text, at)
      return text.slice(0, start) + piece + text.slice(start)
    },
)
/** Another text in one of the elements. */
const replace = fc.tuple(fc.nat(), fc.constantFrom(...pieces)).map(
  ([at, piece]): Edit =>
    (text) => {
      const start = text.indexOf('>', place(text, at)) + 1
      const end = text.indexOf('<', start)
      return end < 0 ? text : text.slice(0, start) + piece + text.slice(end)
    },
)
const repeat = fc.tuple(fc.nat(), fc.nat(3000), fc.integer({ min: 1, max: 5 })).map(
  ([at, length, times]): Edit =>
    (text) => {
      const start = place(text, at)
      return text.slice(0, start) + text.slice(start, start + length).repeat(times) + text.slice(start)
    },
)
const move = fc.nat().map(
  (seed): Edit =>
    (text) => {
      try {
        return mutations(text, 1, dice(seed))[0]?.xml ?? text
      } catch (error) {
        // An earlier edit has left no elements to move.
        if (error instanceof Failure) return text
        throw error
      }
    },
)
const edits = fc.array(fc.oneof(cut, insert, replace, replace, repeat, move, move), { minLength: 1, maxLength: 4 })
const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 2 })

const file = fc.record({ source: fc.nat(sources.length - 1), edits, flips, breakBytes: fc.boolean() }).map((plan) => {
  const text = plan.edits.reduce((before, edit) => edit(before), sources[plan.source] ?? '')
  const bytes = encode(text)
  if (plan.breakBytes) for (const [at, byte] of plan.flips) bytes[at % bytes.length] = byte
  return bytes
})

const outcome = async (bytes: Uint8Array): Promise<string> => {
  try {
    const { violations } = await checkXml(bytes, { now: '2026-11-23T11:00:00', pih: 'x', strict: true })
    return violations.map(violationView).every(({ message }) => message.length > 0) ? 'judged' : 'without words'
  } catch (error) {
    if (error instanceof Failure) return error.code
    throw error
  }
}

test.each(seeds)(
  'never throws and never hangs (seed %i)',
  async (seed) => {
    const outcomes = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(file, async (bytes) => {
        const start = performance.now()
        const found = await outcome(bytes)
        outcomes.set(found, (outcomes.get(found) ?? 0) + 1)
        expect(found).toMatch(/^(?:judged|xml\/(?:hostile|malformed|not-an-invoice))$/)
        expect(performance.now() - start).toBeLessThan(longest)
      }),
      { seed, numRuns: Math.ceil(runs / seeds.length) },
    )
    // Both ends are reached: files that are judged, and files that are refused.
    expect([...outcomes.keys()]).toEqual(expect.arrayContaining(['judged', 'xml/malformed', 'xml/hostile']))
  },
  Math.max(60_000, runs * 20),
)
