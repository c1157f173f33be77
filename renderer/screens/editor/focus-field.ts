/** Brings the input of a place in the draft into view and puts the cursor into it. */

/** `lines[0].vat.category` also finds the cell of `lines[0].vat`, and at last anything of `lines[0]`. */
const candidates = (field: string): readonly string[] => {
  const shorter = field.replace(/(\.[^.[]+|\[\d+\])$/, '')
  return shorter === field || shorter === '' ? [field] : [field, ...candidates(shorter)]
}

const selectors = (field: string): readonly string[] =>
  candidates(field).flatMap((place) => {
    const text = CSS.escape(place)
    return [`[data-field="${text}"]`, `[data-field^="${text}"]`]
  })

/** True when there was such an input. */
export const focusField = (field: string): boolean => {
  const found = selectors(field)
    .map((selector) => document.querySelector<HTMLElement>(selector))
    .find((element) => element !== null)
  found?.focus()
  found?.scrollIntoView({ block: 'center' })
  return found !== undefined
}
