/** Every key and certificate of a company's units: what it says, how long it holds, and what to do about it; private keys stay where they are. */
import { Failure } from '#core/errors.ts'
import type { Csid, Environment, Ports, Road, Unit } from '#core/ports.ts'
import {
  type CertificateAdvice,
  type CertificateUse,
  type ExpiryWarning,
  expiryWarningDays,
  type UnitState,
} from '#core/vocabulary.ts'
import { parseCertificate } from '#core/zatca/certificate.ts'
import { sha256Hex } from '../fingerprint.ts'
import { keyBinding, newestOf } from '../signing.ts'

export interface CertificateEntry {
  readonly unitId: string
  readonly unitName: string
  readonly environment: Environment
  readonly use: CertificateUse
  readonly advice: CertificateAdvice
  readonly keyId: string | undefined
  /** SHA-256 of the public key (SubjectPublicKeyInfo), hexadecimal */
  readonly keyFingerprint: string
  /** Undefined for a key that waits for its certificate */
  readonly certificate: CertificateView | undefined
}

export interface CertificateView extends TimeLeft {
  readonly csidId: string
  readonly purpose: Csid['purpose']
  /** The chain that it signs, or that its checks lead to */
  readonly epoch: number
  readonly notBefore: string
  readonly notAfter: string
  /** Decimal */
  readonly serial: string
  readonly subject: string
  readonly issuer: string
  readonly vatNumber: string | undefined
  readonly functionality: string | undefined
}

export interface TimeLeft {
  /** Whole days until the certificate ends; negative when it is over */
  readonly daysLeft: number
  readonly warning: ExpiryWarning | undefined
}

/** By unit; in each the newest first. Throws `company/not-found`. */
export const certificatesOf = async (
  ports: Pick<Ports, 'storage' | 'keys' | 'clock'>,
  companyId: string,
): Promise<readonly CertificateEntry[]> => {
  const { read } = ports.storage
  if ((await read.company(companyId)) === undefined) throw new Failure('company/not-found')
  const roads = new Map((await read.roads()).map((road) => [road.id, road]))
  const perUnit = (await read.units(companyId)).map(async (unit) => {
    const csids = await read.csids(unit.id)
    const entries = csids.toReversed().map((csid) => entryOf({ unit, csids, roads, now: ports.clock.now() }, csid))
    return [...(await requestedKey(ports, unit, csids)), ...entries]
  })
  return (await Promise.all(perUnit)).flat()
}

interface Circumstances {
  readonly unit: Unit
  readonly csids: readonly Csid[]
  readonly roads: ReadonlyMap<string, Road>
  readonly now: number
}

const entryOf = (circumstances: Circumstances, csid: Csid): CertificateEntry => {
  const { publicKey, serial, subject, issuer, vatNumber, functionality } = parseCertificate(csid.token)
  const { id: csidId, purpose, epoch, notBefore, notAfter, keyId } = csid
  const named = { csidId, purpose, epoch, notBefore, notAfter, serial, subject, issuer, vatNumber, functionality }
  return {
    ...head(circumstances.unit),
    use: useOf(circumstances.csids, csid),
    advice: adviceFor(circumstances, csid),
    keyId,
    keyFingerprint: sha256Hex(publicKey),
    certificate: { ...named, ...timeLeft(notAfter, circumstances.now) },
  }
}

const head = ({ id, name, environment }: Unit) => ({ unitId: id, unitName: name, environment })

/** A key whose request has not been answered yet. */
const requestedKey = async (
  { storage, keys }: Pick<Ports, 'storage' | 'keys'>,
  unit: Unit,
  csids: readonly Csid[],
): Promise<readonly CertificateEntry[]> => {
  const { keyId } = unit
  if (keyId === undefined || csids.some((csid) => csid.keyId === keyId)) return []
  const envelope = await storage.read.keyEnvelope(keyId)
  if (envelope === undefined) return []
  const keyFingerprint = sha256Hex(await keys.publicKey(envelope, keyBinding(unit)))
  return [{ ...head(unit), use: 'requested', advice: 'request', keyId, keyFingerprint, certificate: undefined }]
}

const useOf = (csids: readonly Csid[], csid: Csid): CertificateUse => {
  const production = newestOf(csids, 'production')
  if (csid === production) return 'in-use'
  const compliance = newestOf(csids, 'compliance')
  return csid === compliance && csid.epoch > (production?.epoch ?? 0) ? 'under-way' : 'old'
}

/** A refused sign-in means that it was revoked: ZATCA would refuse to renew it as well (spec B7). */
const adviceFor = ({ csids, roads, now }: Circumstances, csid: Csid): CertificateAdvice => {
  const use = useOf(csids, csid)
  const expired = Date.parse(csid.notAfter) < now
  if (use === 'old') return 'keep'
  if (use === 'under-way') return expired ? 'start-over' : 'continue'
  if (csids.some((other) => useOf(csids, other) === 'under-way')) return 'continue'
  const closed = roads.get(`csid/${csid.id}`)
  if (expired || closed?.reason === 'sign-in-refused') return 'register-anew'
  const ending = expiryWarning(csid.notAfter, now) !== undefined
  return ending || closed?.reason === 'renewal-needed' ? 'renew' : 'nothing'
}

// ---- how long a certificate holds ---------------------------------------------------------------------------------------

const day = 24 * 3_600_000

export const timeLeft = (notAfter: string, now: number): TimeLeft => ({
  daysLeft: Math.floor((Date.parse(notAfter) - now) / day),
  warning: expiryWarning(notAfter, now),
})

/** The most urgent step that is reached; undefined while there is time. */
export const expiryWarning = (notAfter: string, now: number): ExpiryWarning | undefined => {
  const left = Date.parse(notAfter) - now
  if (left < 0) return 'expired'
  return expiryWarningDays.findLast((days) => left <= days * day)
}

/** `expired` is never stored: a unit in use is expired from the moment its certificate is, whether or not anybody looks. */
export const unitStateAt = ({ state }: Unit, csids: readonly Csid[], now: number): UnitState => {
  const inUse = newestOf(csids, 'production')
  return state === 'ready' && inUse !== undefined && Date.parse(inUse.notAfter) < now ? 'expired' : state
}

// ---- the board over all companies ---------------------------------------------------------------------------------------

export interface ExpiryEntry extends TimeLeft {
  readonly companyId: string
  readonly unitId: string
  readonly unitName: string
  readonly environment: Environment
  readonly csidId: string
  readonly notAfter: string
}

/** The certificate in use of every unit of the office, the one that ends soonest first. */
export const expiriesByUrgency = async ({
  storage,
  clock,
}: Pick<Ports, 'storage' | 'clock'>): Promise<readonly ExpiryEntry[]> => {
  const now = clock.now()
  const open = (await storage.read.productionCsids()).filter(({ unit }) => unit.state !== 'closed')
  return open
    .map(({ unit, csidId, notAfter }) => ({
      companyId: unit.companyId,
      ...head(unit),
      csidId,
      notAfter,
      ...timeLeft(notAfter, now),
    }))
    .toSorted((a, b) => Date.parse(a.notAfter) - Date.parse(b.notAfter))
}
