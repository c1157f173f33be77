/** A whole office for tests: a real SQLite file, real keys, and a real practice gateway that can be told to misbehave. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { openGateway } from '#core/gateway/gateway.ts'
import type { Draft } from '#core/invoice/draft.ts'
import { memoryEncryption } from '#core/keys/providers.ts'
import { keyStore } from '#core/keys/store.ts'
import { systemIds } from '#core/keys/system.ts'
import type { Company, Environment, Functionality, KeyEncryption, Log, Ports, Storage, Unit } from '#core/ports.ts'
import { openSqlite } from '#core/storage/sqlite.ts'
import { folderBlobs } from '#core/system/folder-blobs.ts'
import { onboard } from '#core/workflow/onboarding/onboard.ts'
import { startPractice } from '#practice/index.ts'

export const vatNumber = '310175397400003'

/** A clock that goes on, shifted by what a test says. */
export interface TestClock {
  now(): number
  shift: number
}

export interface TestOffice {
  readonly ports: Ports
  readonly clock: TestClock
  readonly folder: string
  readonly company: Company
  /** `POST /control/...` of the practice gateway */
  control(path: string, body: object): Promise<unknown>
  otp(): Promise<string>
  /** The practice authority's own certificates, in PEM */
  authorities(): Promise<Readonly<Record<'compliance' | 'production' | 'stamp', string>>>
  /** A new unit, not onboarded */
  addUnit(functionality?: Functionality, environment?: Environment): Promise<Unit>
  /** A unit with a production CSID and an open chain */
  readyUnit(functionality?: Functionality): Promise<Unit>
  /** Closes and opens the database again, as a restart does */
  restarted(): Promise<Ports>
  close(): Promise<void>
}

const company: Company = {
  id: 'company-1',
  name: 'شركة واحة نجد للتجارة',
  vatNumber,
  industry: 'تجارة',
  createdAt: '2026-01-01T00:00:00.000Z',
  party: {
    id: { scheme: 'CRN', value: '1010445566' },
    address: {
      street: 'شارع العليا',
      building: '7324',
      district: 'العليا',
      city: 'الرياض',
      postalCode: '12211',
      country: 'SA',
    },
  },
}

export interface TestOfficeOptions {
  readonly timeoutMs?: number
  /** Another database than a SQLite file of its own */
  readonly open?: () => Promise<Storage>
  readonly log?: Log
  /** The office's key-encryption key, for tests that need it too */
  readonly encryption?: KeyEncryption
}

const authorities = z.object({ compliance: z.string(), production: z.string(), stamp: z.string() })

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

export const openOffice = async (options: TestOfficeOptions = {}): Promise<TestOffice> => {
  const { timeoutMs = 3000, log = silent, encryption = memoryEncryption() } = options
  const folder = mkdtempSync(join(tmpdir(), 'khatm-test-'))
  const practice = await startPractice()
  const clock: TestClock = { shift: 0, now: () => Date.now() + clock.shift }
  const gateway = openGateway('PRACTICE', { url: practice.baseUrls.practice, timeoutMs })
  const sandbox = openGateway('PRACTICE', { url: practice.baseUrls.sandbox, timeoutMs })
  const file = join(folder, 'khatm.sqlite')
  const open = options.open ?? (() => openSqlite({ file, clock }))
  let ports: Ports = {
    storage: await open(),
    gateway: (environment) => (environment === 'SANDBOX' ? sandbox : gateway),
    keys: keyStore(encryption),
    blobs: folderBlobs(join(folder, 'archive')),
    clock,
    ids: systemIds,
    log,
  }
  await ports.storage.write((tx) => tx.addCompany(company))

  const control = async (path: string, body: object): Promise<unknown> => {
    const response = await fetch(`${practice.url}/control/${path}`, { method: 'POST', body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`control ${path}: ${await response.text()}`)
    return response.json()
  }
  const otp = async (): Promise<string> => {
    const answer = await control('otp', { vatNumber })
    if (typeof answer === 'object' && answer !== null && 'otp' in answer) return String(answer.otp)
    throw new Error('the practice gateway gave no OTP')
  }
  const addUnit = async (
    functionality: Functionality = '1100',
    environment: Environment = 'PRACTICE',
  ): Promise<Unit> => {
    const id = systemIds.uuid()
    const unit: Unit = {
      id,
      companyId: company.id,
      environment,
      name: `EGS-${id.slice(0, 8)}`,
      branch: 'الفرع الرئيسي',
      functionality,
      state: 'new',
      keyId: undefined,
      createdAt: new Date(clock.now()).toISOString(),
    }
    await ports.storage.write((tx) => tx.addUnit(unit))
    return unit
  }
  const readyUnit = async (functionality?: Functionality): Promise<Unit> => {
    const unit = await addUnit(functionality)
    return (await onboard(ports, { unitId: unit.id, actor: 'tester', otp: await otp() })).unit
  }
  const office: TestOffice = {
    get ports() {
      return ports
    },
    clock,
    folder,
    company,
    control,
    otp,
    authorities: async () => authorities.parse(await (await fetch(`${practice.url}/control/ca`)).json()),
    addUnit,
    readyUnit,
    restarted: async () => {
      await ports.storage.close()
      ports = { ...ports, storage: await open() }
      return ports
    },
    close: async () => {
      await ports.storage.close()
      await practice.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return office
}

export const buyer = {
  name: 'شركة المشتري',
  vatNumber: '311111111111113',
  address: {
    street: 'طريق الملك فهد',
    building: '1234',
    district: 'الملز',
    city: 'الرياض',
    postalCode: '12345',
    country: 'SA',
  },
} as const

let lastNumber = 0

/** A valid draft with a number of its own; `change` is laid over it. */
export const draft = (change: Partial<Draft> = {}): Draft => {
  lastNumber += 1
  const kind = change.kind ?? 'invoice'
  const note = kind === 'credit-note' || kind === 'debit-note'
  return {
    kind,
    profile: 'standard',
    number: `INV-${lastNumber}`,
    buyer,
    payment: { means: '10' },
    lines: [{ name: 'خدمة استشارية', quantity: '2', price: '150.00' }],
    ...(note ? { originals: [{ number: 'INV-0' }], reason: 'إرجاع بضاعة' } : {}),
    ...change,
  }
}
