/** Escapes and encoding of the canonical writer, compared with TextEncoder and with the rules of C14N 1.1. */

import { describe, expect, it } from 'vitest'
import { ByteWriter, markup, utf8 } from '#core/zatca/xml.ts'
import { decode } from './fixtures.ts'

const nothing = markup('')
const asText = (value: string): string => {
  const out = new ByteWriter(1)
  out.text(nothing, value, nothing)
  return decode(out.take())
}
const asAttribute = (value: string): string => {
  const out = new ByteWriter(1)
  out.attribute(nothing, value, nothing)
  return decode(out.take())
}

describe('ByteWriter', () => {
  it('escapes text as C14N does', () => {
    expect(asText('a & b < c > d " e \' \r\n\t')).toBe('a &amp; b &lt; c &gt; d " e \' &#xD;\n\t')
  })

  it('escapes attributes as C14N does', () => {
    expect(asAttribute('a & b < c > d " e \' \r\n\t')).toBe("a &amp; b &lt; c > d &quot; e ' &#xD;&#xA;&#x9;")
  })

  it('encodes every length of UTF-8 like TextEncoder', () => {
    const text = 'ASCII é فاتورة ضريبية ١٥٪ \u0800 \ud7ff \ue000 € 漢字 \ufffd 🧾'
    const out = new ByteWriter(1)
    out.text(nothing, text, nothing)
    expect(out.take()).toEqual(utf8(text))
  })

  it('refuses what XML cannot carry', () => {
    for (const bad of ['\0', '\u001f', '\ufffe', '\uffff', '\ud800', 'x\udc00y', '\ud83e']) {
      expect(() => asText(bad)).toThrow(expect.objectContaining({ code: 'document/invalid' }))
    }
  })
})
