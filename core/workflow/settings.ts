/**
 * Points on which ZATCA's sources disagree or leave a choice: each is a setting with its default, its source, and who may change it.
 * The defaults hold until the office stores values of its own.
 */
import { Failure } from '#core/errors.ts'
import { instant } from '#core/instant.ts'
import type { Ports, Reader, Role, StoredSetting } from '#core/ports.ts'

export interface Setting<Value> {
  readonly value: Value
  /** `nobody`: built in and listed for the record, changed only with a release */
  readonly changedBy: 'owner' | 'admin' | 'nobody'
  /** Where the default comes from: a section of ZATCA's documents, of the published SDK, or what its servers were seen to do */
  readonly source: string
  /** Which values can be stored */
  readonly allows: Guard<Value>
}

type Guard<Value> = (value: unknown) => value is Value

/** One of a few words or numbers, the default first. */
const choice = <const Value extends string | number | boolean>(
  values: readonly [Value, ...Value[]],
  changedBy: Setting<Value>['changedBy'],
  source: string,
): Setting<Value> => ({
  value: values[0],
  changedBy,
  source,
  allows: (value): value is Value => values.some((allowed) => allowed === value),
})

const number = (
  value: number,
  [least, most]: readonly [number, number],
  changedBy: Setting<number>['changedBy'],
  source: string,
): Setting<number> => ({
  value,
  changedBy,
  source,
  allows: (given): given is number => typeof given === 'number' && given >= least && given <= most,
})

export const settings = {
  /** Whose VAT number the certificate must carry on a self-billed document */
  selfBilledCertificate: choice(
    ['either', 'seller', 'buyer'],
    'admin',
    'not documented; the SDK sample is signed by the seller, the regulation lets the buyer issue',
  ),
  /** PIH of the first document after a new CSID */
  pihAfterRenewal: choice(['genesis', 'continue'], 'nobody', 'follows from: one sequence for each CSID'),
  /** Total in QR tag 4 */
  qrTotal: choice(['payable', 'tax-inclusive'], 'nobody', 'SDK from 3.3.1: PayableAmount (BT-115)'),
  /** Longest seller name, in UTF-8 bytes: more was answered with QRCODE_INVALID */
  sellerNameBytes: number(127, [1, 1000], 'nobody', 'seen on live servers; officially denied'),
  /** Digits of the transaction code KSA-2 */
  transactionCodeDigits: choice([7, 8, 9], 'admin', 'XML standard 1.1; the SDK also accepts 8 and 9'),
  /** Sign standard documents before clearance */
  signStandardDocuments: choice([true, false], 'nobody', 'needed when clearance is switched off; harmless otherwise'),
  /** How long to wait for an answer before its outcome counts as unknown */
  gatewayTimeoutSeconds: number(60, [30, 85], 'nobody', 'the gateway itself retries for about 30 s'),
  /** How long an unknown outcome is repeated before a person decides; ZATCA remembers duplicates for 24 h */
  unknownOutcomeHours: number(23.5, [1, 23.5], 'nobody', 'half an hour below the memory of ZATCA for duplicates'),
  /** How far the clock may be behind the last sealing before issuing is refused; below it waits */
  clockStepBackSeconds: number(2, [0, 10], 'nobody', 'order of sealing must be the order of counters'),
  /** How far the clock may be off from ZATCA's before issuing is refused */
  clockSkewSeconds: number(
    60,
    [10, 600],
    'admin',
    'not documented; issue time and signing time are taken from the clock',
  ),
} as const

export type SettingName = keyof typeof settings

/** The values in force. */
export type Settings = { readonly [Name in SettingName]: (typeof settings)[Name]['value'] }

/** What the office chose where it may choose and the choice is still possible, the defaults elsewhere. One small query. */
export const settingsOf = async (reader: Pick<Reader, 'settings'>): Promise<Settings> => {
  const chosen = new Map((await reader.settings()).map(({ name, value }) => [name, value]))
  const inForce = <Value>(name: SettingName, { value, changedBy, allows }: Setting<Value>): Value => {
    const stored = chosen.get(name)
    return changedBy !== 'nobody' && allows(stored) ? stored : value
  }
  return {
    selfBilledCertificate: inForce('selfBilledCertificate', settings.selfBilledCertificate),
    pihAfterRenewal: inForce('pihAfterRenewal', settings.pihAfterRenewal),
    qrTotal: inForce('qrTotal', settings.qrTotal),
    sellerNameBytes: inForce('sellerNameBytes', settings.sellerNameBytes),
    transactionCodeDigits: inForce('transactionCodeDigits', settings.transactionCodeDigits),
    signStandardDocuments: inForce('signStandardDocuments', settings.signStandardDocuments),
    gatewayTimeoutSeconds: inForce('gatewayTimeoutSeconds', settings.gatewayTimeoutSeconds),
    unknownOutcomeHours: inForce('unknownOutcomeHours', settings.unknownOutcomeHours),
    clockStepBackSeconds: inForce('clockStepBackSeconds', settings.clockStepBackSeconds),
    clockSkewSeconds: inForce('clockSkewSeconds', settings.clockSkewSeconds),
  }
}

export interface SettingChange {
  readonly name: string
  readonly value: unknown
  readonly actor: string
  /** Of the actor */
  readonly role: Role
}

/**
 * Stores and audits a choice, in force from the next transaction on. Throws `setting/not-found`, `setting/fixed` for what is built in,
 * `access/forbidden` for what belongs to another role, `setting/invalid`.
 */
export const changeSetting = async (
  { storage, clock }: Pick<Ports, 'storage' | 'clock'>,
  { name, value, actor, role }: SettingChange,
): Promise<void> => {
  assertChangeable(name, value, role)
  const at = instant(clock.now())
  const stored: StoredSetting = { name, value, changedAt: at, changedBy: actor }
  await storage.write(async (tx) => {
    const before = (await settingsOf(tx))[name]
    await tx.saveSetting(stored)
    await tx.addAudit({ at, actor, action: 'setting/changed', subject: `setting/${name}`, details: { before, value } })
  })
}

/** An owner may change whatever an administrator may. */
const changers: Readonly<Record<'owner' | 'admin', readonly Role[]>> = { owner: ['owner'], admin: ['owner', 'admin'] }

function assertChangeable(name: string, value: unknown, role: Role): asserts name is SettingName {
  if (!isSettingName(name)) throw new Failure('setting/not-found', { details: { name } })
  const { changedBy, allows } = settings[name]
  if (changedBy === 'nobody') throw new Failure('setting/fixed', { details: { name } })
  if (!changers[changedBy].includes(role)) throw new Failure('access/forbidden', { details: { setting: name } })
  if (!allows(value)) throw new Failure('setting/invalid', { details: { name, value } })
}

export const isSettingName = (name: string): name is SettingName => Object.hasOwn(settings, name)
