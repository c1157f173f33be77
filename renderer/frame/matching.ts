/** Search as people type: Arabic letters that sound alike, marks and digits are treated as equal. */
import { folded } from '#core/invoice/folding.ts'

/** Every word of the search occurs somewhere. */
export const matches = (text: string, search: string): boolean => {
  const within = folded(text)
  return folded(search)
    .split(/\s+/)
    .every((word) => within.includes(word))
}
