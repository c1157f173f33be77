/** What the four environments ask of the program: one table. */
import type { Company, Environment } from '#core/ports.ts'

export interface EnvironmentProfile {
  /** The answers are examples that do not speak of our document: nothing in them is compared, and no chain is frozen (spec A9) */
  readonly cannedAnswers: boolean
  /**
   * Set where every unit gets the same certificate, which belongs to the test key that ZATCA publishes with its SDK: units sign with
   * that key, and their company appears under its VAT number.
   */
  readonly testVatNumber: string | undefined
}

const own: EnvironmentProfile = { cannedAnswers: false, testVatNumber: undefined }

export const environmentProfiles: Readonly<Record<Environment, EnvironmentProfile>> = {
  PRACTICE: own,
  SANDBOX: { cannedAnswers: true, testVatNumber: '399999999900003' },
  SIMULATION: own,
  PRODUCTION: own,
}

/** The company as it appears in documents and certificates of this environment. */
export const companyIn = (environment: Environment, company: Company): Company => {
  const { testVatNumber } = environmentProfiles[environment]
  return testVatNumber === undefined ? company : { ...company, vatNumber: testVatNumber }
}
