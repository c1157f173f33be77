/** VAT categories and rates: known codes, well-formed rates, 15 or 5 for S and zero for everything else. */
import { compare, type Decimal, equals, isZero, zero } from '../amount.ts'
import {
  type CategoryCode,
  is,
  onDocumentAdjustments,
  onEverythingTaxed,
  onItems,
  onKind,
  onLineAdjustments,
} from './categories.ts'
import { vatCategoryCodes } from './code-lists.ts'
import { type Breaks, type Check, error, every, type Rules, warning } from './rule.ts'
import type { Category, Subject } from './subject.ts'
import { blank, listed, tooManyDecimals } from './text.ts'

const five: Decimal = { units: 5n, scale: 0 }
const fifteen: Decimal = { units: 15n, scale: 0 }
const sixteen: Decimal = { units: 16n, scale: 0 }
const hundred: Decimal = { units: 100n, scale: 0 }

const rateParams = ({ node, code }: Category) => ({ category: code, actual: node.percent ?? '' })

const rateOf = (parts: (subject: Subject) => readonly Category[], breaks: Breaks<Category>): Check =>
  every(parts)(breaks, 'cbc:Percent', rateParams)

const notZero: Breaks<Category> = ({ rate }) => rate === undefined || !isZero(rate)
const notPositive: Breaks<Category> = ({ rate }) => rate === undefined || compare(rate, zero) <= 0
/** Out of scope: the rate may be missing, but not differ from zero; officially minus zero does. */
const statedNotZero: Breaks<Category> = ({ node, rate }) =>
  rate !== undefined && (!isZero(rate) || node.percent?.includes('-') === true)

const items = (code: CategoryCode) => (subject: Subject) => onItems(subject).filter(is(code))

/** 15.99 passes: the official test cuts the rate down to a whole number. */
const notStandard: Breaks<Category> = ({ node, rate }) =>
  node.percent !== undefined &&
  !(rate !== undefined && (equals(rate, five) || (compare(rate, fifteen) >= 0 && compare(rate, sixteen) < 0)))

const malformed: Breaks<Category> = ({ node, rate }) =>
  !blank(node.percent) &&
  (rate === undefined || compare(rate, zero) < 0 || compare(rate, hundred) > 0 || tooManyDecimals(node.percent))

/** BR-Z-07, BR-E-07: a zero rate on any allowance or charge of the document satisfies the official test. */
const chargeAtZero = (code: 'Z' | 'E'): Check =>
  rateOf(
    (subject) =>
      onDocumentAdjustments(subject).some(({ rate }) => rate !== undefined && isZero(rate))
        ? []
        : onKind('charge', code)(subject).filter(is(code)),
    () => true,
  )

const code = ({ node }: Category) => ({ actual: node.id?.value ?? '' })

export const rateRules = {
  'BR-CL-18': error(
    every(onEverythingTaxed)(
      ({ node }) => node.id !== undefined && !listed(vatCategoryCodes, node.id.value),
      'cbc:ID',
      code,
    ),
  ),
  'BR-KSA-18': error(
    every(onEverythingTaxed)(
      ({ node }) => node.id !== undefined && !' S Z E O '.includes(node.id.value),
      'cbc:ID',
      code,
    ),
  ),
  'BR-KSA-DEC-02': error(
    rateOf((subject) => [...onEverythingTaxed(subject), ...onLineAdjustments(subject)], malformed),
  ),
  'BR-KSA-84': error(rateOf((subject) => onEverythingTaxed(subject).filter(is('S')), notStandard)),
  'BR-S-05': warning(rateOf(items('S'), notPositive)),
  'BR-Z-05': error(rateOf(items('Z'), notZero)),
  'BR-E-05': error(rateOf(items('E'), notZero)),
  'BR-S-06': error(rateOf(onKind('allowance', 'S', 'every'), notPositive)),
  'BR-Z-06': error(rateOf(onKind('allowance', 'Z', 'every'), notZero)),
  'BR-E-06': error(rateOf(onKind('allowance', 'E', 'every'), notZero)),
  'BR-S-07': warning(rateOf(onKind('charge', 'S', 'every'), notPositive)),
  'BR-Z-07': error(chargeAtZero('Z')),
  'BR-E-07': error(chargeAtZero('E')),
  'BR-KSA-11': error(rateOf((subject) => onItems(subject).filter((category) => category.code === 'O'), statedNotZero)),
  'BR-KSA-12': warning(rateOf(onKind('allowance', 'O'), statedNotZero)),
  'BR-KSA-13': warning(rateOf(onKind('charge', 'O'), statedNotZero)),
} satisfies Rules
