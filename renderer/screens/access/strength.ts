/** How good a new password is, from 0 to 4: length first, then variety. A hint, not the rule; the server decides. */

export const minimumLength = 12

const kindsOfCharacter = [/\p{Ll}|\p{Lo}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}]/u]

/** 0 too short, 1 weak, 2 fair, 3 good, 4 strong. */
export const strength = (password: string): 0 | 1 | 2 | 3 | 4 => {
  const length = [...password].length
  if (length < minimumLength) return 0
  if (new Set(password).size < 6) return 1
  const variety = kindsOfCharacter.filter((kind) => kind.test(password)).length
  if (length >= 20 || (length >= 16 && variety >= 3)) return 4
  return length >= 14 || variety >= 3 ? 3 : 2
}
