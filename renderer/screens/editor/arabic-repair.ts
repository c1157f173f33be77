/** Repairs Arabic that an old program put on the clipboard as Windows-1256 and that arrived as Latin letters (`ÝÇÊæÑÉ` for `فاتورة`). */

const arabic = /\p{Script=Arabic}/gu
const accented = /[\u00a1-\u00ff\u0152-\u2122]/g

/** The byte of each Windows-1252 character outside Latin-1. */
const highBytes: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 32 }, (_, offset) => 0x80 + offset).map((byte) => [
    new TextDecoder('windows-1252').decode(Uint8Array.of(byte)),
    byte,
  ]),
)

const byteOf = (character: string): number => highBytes.get(character) ?? character.charCodeAt(0)

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0

/** Unchanged when the text holds Arabic already, or is plainly Latin, or does not turn into Arabic. */
export const repairArabic = (text: string): string => {
  const letters = text.replace(/[\s\d\p{P}]/gu, '').length
  if (count(text, arabic) > 0 || count(text, accented) < letters * 0.6) return text
  const bytes = [...text].map(byteOf)
  if (bytes.some((byte) => byte > 0xff)) return text
  const repaired = new TextDecoder('windows-1256').decode(Uint8Array.from(bytes))
  return count(repaired, arabic) >= letters * 0.6 ? repaired : text
}
