/** Splits an amount over weights so that the parts are whole halalas and sum exactly. */
import { absolute, type Decimal, isNegative, negate, round } from './amount.ts'

/**
 * The rule of the largest remainder: each part is its exact share rounded down to the halala, and the halalas left over go one
 * each to the parts that lost most, the earlier one first where they lost equally. A weight below zero counts as zero; when no
 * weight is left, the first part takes everything.
 */
export const splitProRata = (amount: Decimal, weights: readonly Decimal[]): readonly Decimal[] => {
  if (isNegative(amount)) return splitProRata(negate(amount), weights).map(negate)
  const shares = unitWeights(weights)
  const halalas = round(absolute(amount), 2).units
  const whole = shares.reduce((total, share) => total + share, 0n)
  const parts = shares.map((share) => (halalas * share) / whole)
  const left = Number(halalas - parts.reduce((total, part) => total + part, 0n))
  const byLoss = shares
    .map((share, index) => ({ index, lost: (halalas * share) % whole }))
    .sort((a, b) => (a.lost === b.lost ? a.index - b.index : a.lost > b.lost ? -1 : 1))
  const favoured = new Set(byLoss.slice(0, left).map(({ index }) => index))
  return parts.map((part, index) => ({ units: favoured.has(index) ? part + 1n : part, scale: 2 }))
}

/** The weights as whole numbers on one scale, none below zero, at least one above. */
const unitWeights = (weights: readonly Decimal[]): readonly bigint[] => {
  const scale = Math.max(0, ...weights.map((weight) => weight.scale))
  const units = weights.map((weight) => (isNegative(weight) ? 0n : round(weight, scale).units))
  return units.some((unit) => unit > 0n) ? units : units.map((_, index) => (index === 0 ? 1n : 0n))
}
