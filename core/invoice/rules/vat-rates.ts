/** VAT categories and rates: known codes, well-formed rates, 15 or 5 for S and zero for everything else. */
import { everywhere, is, onDocumentAdjustments, onEverythingTaxed, onItems, onKind } from './categories.ts'
import { vatCategoryCodes } from './code-lists.ts'
import { noParts } from './place.ts'
import { type Breaks, type Check, error, every, type Rules, type Select, warning } from './rule.ts'
import type { Category } from './subject.ts'
import { blank } from './text.ts'

const rateParams = ({ node, code }: Category) => ({ category: code, actual: node.percent ?? '' })

const rates = (parts: Select<Category>, breaks: Breaks<Category>, of?: (category: Category) => boolean): Check =>
  every(parts, of)(breaks, 'cbc:Percent', rateParams)

const notZero: Breaks<Category> = ({ rate }) => !rate.isZero
const notPositive: Breaks<Category> = ({ rate }) => !rate.isPositive
const notStandard: Breaks<Category> = ({ node, rate }) => node.percent !== undefined && !rate.isStandard
const malformed: Breaks<Category> = ({ node, rate }) => !rate.isPercentage && !blank(node.percent)
/** Out of scope: the rate may be missing, but not differ from zero; officially minus zero does. */
const statedNotZero: Breaks<Category> = ({ node, rate }) =>
  rate.value !== undefined && (!rate.isZero || node.percent?.includes('-') === true)

/** BR-Z-07, BR-E-07: a zero rate on any allowance or charge of the document satisfies the official test. */
const chargeAtZero = (code: 'Z' | 'E'): Check =>
  rates(
    (subject) =>
      onDocumentAdjustments(subject).some(({ rate }) => rate.isZero) ? noParts : onKind('charge', code)(subject),
    () => true,
    is(code),
  )

const code = ({ node }: Category) => ({ actual: node.id?.value ?? '' })

export const rateRules = {
  'BR-CL-18': error(
    every(onEverythingTaxed)(({ node, code }) => node.id !== undefined && !vatCategoryCodes.has(code), 'cbc:ID', code),
  ),
  'BR-KSA-18': error(
    every(onEverythingTaxed)(
      ({ node }) => node.id !== undefined && !' S Z E O '.includes(node.id.value),
      'cbc:ID',
      code,
    ),
  ),
  'BR-KSA-DEC-02': error(rates(everywhere, malformed)),
  'BR-KSA-84': error(rates(onEverythingTaxed, notStandard, is('S'))),
  'BR-S-05': warning(rates(onItems, notPositive, is('S'))),
  'BR-Z-05': error(rates(onItems, notZero, is('Z'))),
  'BR-E-05': error(rates(onItems, notZero, is('E'))),
  'BR-S-06': error(rates(onKind('allowance', 'S', 'every'), notPositive)),
  'BR-Z-06': error(rates(onKind('allowance', 'Z', 'every'), notZero)),
  'BR-E-06': error(rates(onKind('allowance', 'E', 'every'), notZero)),
  'BR-S-07': warning(rates(onKind('charge', 'S', 'every'), notPositive)),
  'BR-Z-07': error(chargeAtZero('Z')),
  'BR-E-07': error(chargeAtZero('E')),
  'BR-KSA-11': error(rates(onItems, statedNotZero, ({ code }) => code === 'O')),
  'BR-KSA-12': warning(rates(onKind('allowance', 'O'), statedNotZero)),
  'BR-KSA-13': warning(rates(onKind('charge', 'O'), statedNotZero)),
} satisfies Rules
