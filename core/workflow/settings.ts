/**
 * Points on which ZATCA's sources disagree or leave a choice: each is a setting with its default, its source, and who may change it.
 * The defaults hold until the office stores values of its own.
 */

export interface Setting<Value> {
  readonly value: Value
  /** Where the default comes from: a section of ZATCA's documents, of the published SDK, or what its servers were seen to do */
  readonly source: string
  /** `nobody`: built in and listed for the record, changed only with a release */
  readonly changedBy: 'owner' | 'admin' | 'nobody'
}

const setting = <Value>(value: Value, changedBy: Setting<Value>['changedBy'], source: string): Setting<Value> => ({
  value,
  changedBy,
  source,
})

type SelfBilledCertificate = 'seller' | 'buyer' | 'either'

export const settings = {
  /** Whose VAT number the certificate must carry on a self-billed document */
  selfBilledCertificate: setting<SelfBilledCertificate>(
    'either',
    'admin',
    'not documented; the SDK sample is signed by the seller, the regulation lets the buyer issue',
  ),
  /** PIH of the first document after a new CSID */
  pihAfterRenewal: setting<'genesis' | 'continue'>('genesis', 'nobody', 'follows from: one sequence for each CSID'),
  /** Total in QR tag 4 */
  qrTotal: setting<'payable' | 'tax-inclusive'>('payable', 'nobody', 'SDK from 3.3.1: PayableAmount (BT-115)'),
  /** Longest seller name, in UTF-8 bytes: more was answered with QRCODE_INVALID */
  sellerNameBytes: setting(127, 'nobody', 'seen on live servers; officially denied'),
  /** Digits of the transaction code KSA-2 */
  transactionCodeDigits: setting<7 | 8 | 9>(7, 'admin', 'XML standard 1.1; the SDK also accepts 8 and 9'),
  /** Sign standard documents before clearance */
  signStandardDocuments: setting(true, 'nobody', 'needed when clearance is switched off; harmless otherwise'),
  /** How long to wait for an answer before its outcome counts as unknown */
  gatewayTimeoutSeconds: setting(60, 'nobody', 'the gateway itself retries for about 30 s'),
  /** How long an unknown outcome is repeated before a person decides; ZATCA remembers duplicates for 24 h */
  unknownOutcomeHours: setting(23.5, 'nobody', 'half an hour below the memory of ZATCA for duplicates'),
  /** How far the clock may be behind the last sealing before issuing is refused; below it waits */
  clockStepBackSeconds: setting(2, 'nobody', 'order of sealing must be the order of counters'),
} as const
