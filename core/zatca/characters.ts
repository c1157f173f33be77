/** What XML 1.0 lets a character be, and the references that stand for one. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these may not stand in XML 1.0
export const illegalCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/

const reference = /&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(\w+));|&/g
const entities = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }))

/** The text with its references resolved; `failure` makes the error for one that XML does not know, from its offset. */
export const resolveReferences = (raw: string, failure: (offset: number) => Error): string =>
  raw.replaceAll(reference, (_, decimal: string | undefined, hex: string | undefined, entity = '', offset = 0) => {
    const code = Number.parseInt(decimal ?? hex ?? '', decimal === undefined ? 16 : 10)
    const character = Number.isNaN(code) ? entities.get(entity) : characterOf(code)
    if (character === undefined) throw failure(offset)
    return character
  })

const characterOf = (code: number): string | undefined => {
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined
  const character = String.fromCodePoint(code)
  return illegalCharacter.test(character) ? undefined : character
}
