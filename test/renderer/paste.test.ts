/** A block from Excel laid over the lines, and what each column makes of its cells. */
import { describe, expect, it } from 'vitest'
import { cells, type Line } from '../../renderer/screens/editor/cells.ts'
import { isBlock, parseBlock, pasteBlock } from '../../renderer/screens/editor/paste.ts'

describe('parseBlock', () => {
  it('reads rows and cells as Excel writes them, with its last line end', () =>
    expect(parseBlock('قفاز\t40\r\nقناع\t120\r\n')).toEqual([
      ['قفاز', '40'],
      ['قناع', '120'],
    ]))

  it('keeps tabs, line ends and quotes inside a quoted cell', () =>
    expect(parseBlock('"a ""b""\nc\td"\t2')).toEqual([['a "b"\nc\td', '2']]))

  it('takes a quote inside a word as it is', () => expect(parseBlock('pipe 1/2"\t3')).toEqual([['pipe 1/2"', '3']]))

  it('keeps empty cells in the middle', () => expect(parseBlock('a\t\tb')).toEqual([['a', '', 'b']]))

  it('knows a single cell from a block', () => {
    expect(isBlock(parseBlock('words'))).toBe(false)
    expect(isBlock(parseBlock('a\tb'))).toBe(true)
    expect(isBlock(parseBlock('a\nb'))).toBe(true)
  })
})

describe('pasteBlock', () => {
  const paste = (lines: readonly Line[], row: number, text: string) =>
    pasteBlock(lines, { row, column: 'name' }, parseBlock(text))

  it('fills rows from the cell on, adds rows and reads both kinds of digits', () => {
    const { lines, rows } = paste(
      [{ name: 'first' }],
      1,
      'قفاز\t٤٠\tكرتون\t١٬٢٥٠٫٥٠\t10%\t15%\nقناع\t2\tPCE\t3\t\tVATEX-SA-35',
    )
    expect(rows).toBe(2)
    expect(lines[0]).toEqual({ name: 'first' })
    expect(lines[1]).toMatchObject({ name: 'قفاز', quantity: '40', unit: 'XCT', price: '1250.50' })
    expect(lines[1]?.allowances?.[0]).toMatchObject({ percent: '10' })
    expect(lines[2]?.vat).toEqual({ category: 'Z', exemption: 'VATEX-SA-35' })
  })

  it('leaves headings out', () => {
    const { lines, rows } = paste([], 0, 'الصنف\tالكمية\nقفاز\t40')
    expect(rows).toBe(1)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({ name: 'قفاز', quantity: '40' })
  })

  it('keeps what cannot be read, so that the person sees it', () =>
    expect(paste([], 0, 'قفاز\tأربعون\nقناع\t2').lines[0]).toMatchObject({ quantity: 'أربعون' }))

  it('leaves columns that the block does not reach', () =>
    expect(paste([{ name: 'old', price: '7' }], 0, 'new\t2').lines[0]).toEqual({
      name: 'new',
      price: '7',
      quantity: '2',
    }))
})

describe('the discount column', () => {
  const written = (text: string) => cells.discount.type({}, text)

  it('holds a percentage or an amount, never both', () => {
    expect(written('5%').allowances?.[0]).toMatchObject({ percent: '5' })
    expect(cells.discount.type(written('5%'), '20').allowances?.[0]).toMatchObject({ amount: '20' })
    expect(cells.discount.type(written('5%'), '20').allowances?.[0]).not.toHaveProperty('percent')
  })

  it('shows what was written and disappears when cleared', () => {
    expect(cells.discount.show(written('5%'))).toBe('5%')
    expect(cells.discount.show(written(''))).toBe('')
    expect(written('').allowances).toBeUndefined()
  })
})
