/** Where our verdict and the official one differ knowingly, each with the reason; the comparisons in the tests let only these pass. */

export interface KnownDifference {
  /** As the comparison words it */
  readonly difference: string
  readonly reason: string
}

/** With the two stylesheets of SDK R3.4.8: `test/invoice/rules/conformance.test.ts`. */
export const ruleDifferences: readonly KnownDifference[] = [
  {
    difference: 'official only BR-KSA-51',
    reason: 'Printed, minus zero differs from zero: an amount with VAT of `-0.00` on a line of 0.00.',
  },
  {
    difference: 'ours only BR-KSA-79',
    reason: 'A VAT row without any content breaks the schema; officially two missing amounts count as equal.',
  },
]

/** With libxml2 and the schema of UBL 2.1: `test/structure/schema.test.ts`. */
export const schemaDifferences = {
  serialNumber:
    'libxml2 refuses whole numbers of more than 24 digits, which the schema language allows and every serial number has.',
  base64: 'libxml2 passes over characters that base64 does not know; the official validator and we do not.',
  stampIds:
    'Inside the stamp an `Id` that stands twice is not looked for; the checks of the signature judge what it holds.',
  openPlaces: 'An element of UBL in a place of the stamp where anything may stand is not looked into.',
} as const
