/** Numbers, dates and times as people type and paste them. */
import { describe, expect, it } from 'vitest'
import { repairArabic } from '../../renderer/screens/editor/arabic-repair.ts'
import { readDate, readNumber, readTime, splitPercent } from '../../renderer/screens/editor/reading.ts'

describe('readNumber', () => {
  it.each([
    ['1234.5', '1234.5'],
    ['١٬٢٣٤٫٥٠', '1234.50'],
    ['۱۲۳', '123'],
    ['1,234.50', '1234.50'],
    ['1.234,50', '1234.50'],
    ['1,234', '1234'],
    ['1,234,567', '1234567'],
    ['12,5', '12.5'],
    ['0,125', '0.125'],
    ['(5.00)', '-5.00'],
    ['5-', '-5'],
    ['-.5', '-0.5'],
    ['SAR 85.50', '85.50'],
    ['85.50 ر.س', '85.50'],
    ['\u200e1\u00a0250.00\u200f', '1250.00'],
  ])('%s is %s', (typed, plain) => expect(readNumber(typed)).toBe(plain))

  it.each(['', 'أربعة', '1.2.3', '12a', '--5', '1e5'])('%s is no number', (typed) =>
    expect(readNumber(typed)).toBeUndefined(),
  )
})

describe('readDate', () => {
  it.each([
    ['2026-05-04', '2026-05-04'],
    ['4/5/2026', '2026-05-04'],
    ['٤/٥/٢٠٢٦', '2026-05-04'],
    ['2026/5/4', '2026-05-04'],
  ])('%s is %s', (typed, date) => expect(readDate(typed)).toBe(date))

  it.each(['31/2/2026', '4/5/26', 'غدًا', '2026-13-01', ''])('%s is no date', (typed) =>
    expect(readDate(typed)).toBeUndefined(),
  )
})

it('completes a time to seconds', () => {
  expect(readTime('9:05')).toBe('09:05:00')
  expect(readTime('١٤:٠٥:٣٣')).toBe('14:05:33')
  expect(readTime('later')).toBeUndefined()
})

it('tells a percentage from an amount', () => {
  expect(splitPercent('10%')).toEqual(['10', true])
  expect(splitPercent('١٠٪')).toEqual(['١٠', true])
  expect(splitPercent('50')).toEqual(['50', false])
})

describe('repairArabic', () => {
  const misread = (text: string): string => {
    const table = new Map(
      Array.from({ length: 128 }, (_, offset) => 0x80 + offset).map((byte) => {
        const bytes = Uint8Array.of(byte)
        return [new TextDecoder('windows-1256').decode(bytes), new TextDecoder('windows-1252').decode(bytes)]
      }),
    )
    return [...text].map((letter) => table.get(letter) ?? letter).join('')
  }

  it.each(['فاتورة ضريبية', 'قفازات طبية 40', 'پلاستيك'])('brings back %s', (text) => {
    const broken = misread(text)
    expect(broken).not.toBe(text)
    expect(repairArabic(broken)).toBe(text)
  })

  it.each(['Café crème', 'invoice 12', 'فاتورة', ''])('leaves %s alone', (text) =>
    expect(repairArabic(text)).toBe(text),
  )
})
