/** The ports of a test office in a folder, and its company with one unit that may issue. */
import { join } from 'node:path'
import { openGateway } from '#core/gateway/gateway.ts'
import { fileEncryption } from '#core/keys/providers.ts'
import { keyStore } from '#core/keys/store.ts'
import { systemClock, systemIds } from '#core/keys/system.ts'
import type { Clock, Ports, Storage, Unit } from '#core/ports.ts'
import { folderBlobs } from '#core/system/folder-blobs.ts'
import { onboard } from '#core/workflow/onboarding/onboard.ts'
import { company } from './sales.ts'

export interface PortOptions {
  readonly clock?: Clock
  readonly gatewayTimeoutMs?: number
}

export const portsOf = async (
  storage: Storage,
  folder: string,
  gatewayUrl: string,
  { clock = systemClock, gatewayTimeoutMs = 60_000 }: PortOptions = {},
): Promise<Ports> => {
  const gateway = openGateway('PRACTICE', { url: gatewayUrl, timeoutMs: gatewayTimeoutMs })
  return {
    storage,
    gateway: () => gateway,
    keys: keyStore(await fileEncryption(join(folder, 'key'), { create: true })),
    blobs: folderBlobs(join(folder, 'archive')),
    clock,
    ids: systemIds,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  }
}

const unit: Unit = {
  id: 'unit-1',
  companyId: company.id,
  environment: 'PRACTICE',
  name: 'EGS-1',
  branch: 'الفرع الرئيسي',
  functionality: '1100',
  state: 'new',
  keyId: undefined,
  createdAt: company.createdAt,
}

export const openUnit = async (ports: Ports): Promise<Unit> => {
  await ports.storage.write(async (tx) => {
    await tx.addCompany(company)
    await tx.addUnit(unit)
  })
  return (await onboard(ports, { unitId: unit.id, actor: 'tester', otp: '123456' })).unit
}
