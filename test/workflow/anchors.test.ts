/** A database that is older than its anchors is frozen before it issues anything (G13). */
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { AnchoredHead, Anchors, Log, Storage } from '#core/ports.ts'
import { databaseAt } from '#core/storage/databases.ts'
import { folderAnchors } from '#core/system/folder-anchors.ts'
import { issueDocument } from '#core/workflow/issuing/issue.ts'
import { anchorHeads, compareWithAnchors, joinedAnchors, newestOf, runAnchors } from '#core/workflow/proving/anchors.ts'
import { describeEngines, type TestDatabase } from '../storage/engines.ts'
import { addReady, append } from '../storage/records.ts'
import { draft, openOffice } from './office.ts'

const clock = { now: () => Date.parse('2026-03-01T08:00:00Z') }
const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

const memoryAnchors = (heads: readonly AnchoredHead[] | undefined): Anchors & { heads: Map<string, AnchoredHead> } => {
  const kept = new Map(newestOf(heads ?? []))
  let used = heads !== undefined
  return {
    heads: kept,
    put: async (news) => {
      used = true
      for (const [id, head] of newestOf([...kept.values(), ...news])) kept.set(id, head)
    },
    read: async () => (used ? kept : undefined),
  }
}

const opened = async (database: TestDatabase): Promise<Storage> => {
  const storage = await database.open()
  onTestFinished(() => storage.close())
  return storage
}

await describeEngines('anchors', (engine) => {
  const office = async () => {
    const storage = await opened(await engine.createMigrated())
    const ready = await addReady(storage)
    for (let count = 0; count < 3; count += 1) await append(storage, ready)
    const anchors = memoryAnchors(undefined)
    return { storage, ready, anchors, ports: { storage, anchors, clock, log: silent } }
  }
  const chainOf = async (storage: Storage, unitId: string) => (await storage.read.chains(unitId))[0]

  test('a database without anchors is anchored, and the log says so', async () => {
    const { ports, storage, ready, anchors } = await office()
    expect(await compareWithAnchors(ports)).toEqual({ missing: true, frozen: [] })
    expect(anchors.heads.get(ready.chain.id)?.icv).toBe(3)
    expect(await storage.read.audit('anchors')).toMatchObject([{ action: 'anchors/begun' }])
    expect(await compareWithAnchors(ports)).toEqual({ missing: false, frozen: [] })
  })

  test('a database that has gone on since is fine', async () => {
    const { ports, storage, ready } = await office()
    await anchorHeads(ports)
    await append(storage, ready)
    expect(await compareWithAnchors(ports)).toEqual({ missing: false, frozen: [] })
    expect((await chainOf(storage, ready.unit.id))?.state).toBe('active')
  })

  test.each([
    ['older than its anchor', { icv: 4, hash: 'of the fourth' }, 'behind'],
    ['another at its head', { icv: 3, hash: 'of another third' }, 'differs'],
    ['another in the middle', { icv: 2, hash: 'of another second' }, 'differs'],
  ])('a chain %s is frozen and issues nothing', async (_name, anchored, difference) => {
    const { ports, storage, ready, anchors } = await office()
    const { id: chainId, unitId, epoch } = ready.chain
    await anchors.put([{ chainId, unitId, epoch, ...anchored }])
    expect(await compareWithAnchors(ports)).toEqual({ missing: false, frozen: [{ chainId, difference }] })
    expect(await chainOf(storage, unitId)).toMatchObject({ state: 'frozen', frozenReason: 'behind-anchor' })
    expect(await storage.read.audit(chainId)).toMatchObject([{ action: 'chain/frozen', details: { difference } }])
    await expect(append(storage, ready)).rejects.toThrow('no active chain')
  })

  test('a unit that was renewed after the backup does not begin a second sequence', async () => {
    const { ports, storage, ready, anchors } = await office()
    await anchorHeads(ports)
    await anchors.put([{ chainId: 'the renewed one', unitId: ready.unit.id, epoch: 2, icv: 0, hash: 'genesis' }])
    expect((await compareWithAnchors(ports)).frozen).toEqual([{ chainId: ready.chain.id, difference: 'renewed-since' }])
    expect((await chainOf(storage, ready.unit.id))?.state).toBe('frozen')
  })

  test('heads are written down within moments of issuing', async () => {
    const { ports, storage, ready, anchors } = await office()
    const stop = new AbortController()
    const running = runAnchors(ports, { signal: stop.signal, everyMs: 10 })
    await append(storage, ready)
    await expect.poll(() => anchors.heads.get(ready.chain.id)?.icv).toBe(4)
    stop.abort()
    await running
  })
})

test('a folder that was cloned and issued from in both places stops in one of them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'khatm-clone-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const original = join(folder, 'khatm.sqlite')
  const before = await databaseAt(original).open()
  const ready = await addReady(before)
  await append(before, ready)
  await before.close()
  const clone = join(folder, 'clone.sqlite')
  await copyFile(original, clone)

  const portsOf = async (file: string) => {
    const storage = await databaseAt(file).open()
    onTestFinished(() => storage.close())
    return { storage, anchors: folderAnchors(join(folder, 'anchors'), clock), clock, log: silent }
  }
  const one = await portsOf(original)
  await compareWithAnchors(one)
  await append(one.storage, ready)
  await anchorHeads(one)

  const other = await portsOf(clone)
  expect((await compareWithAnchors(other)).frozen).toEqual([{ chainId: ready.chain.id, difference: 'behind' }])
  await expect(append(other.storage, ready)).rejects.toThrow('no active chain')
})

test('every hundredth document is anchored before its caller hears of it', async () => {
  const office = await openOffice()
  onTestFinished(() => office.close())
  const unit = await office.readyUnit()
  const anchors = memoryAnchors([])
  const ports = { ...office.ports, anchors }
  for (let count = 1; count <= 101; count += 1) {
    const wanted = draft({ profile: 'simplified' })
    await issueDocument(ports, { unitId: unit.id, draft: wanted, idempotencyKey: wanted.number, actor: 'tester' })
    const [anchored] = anchors.heads.values()
    expect(anchored?.icv).toBe(count < 100 ? undefined : 100)
  }
})

describe('two places', () => {
  const head: AnchoredHead = { chainId: 'c', unitId: 'u', epoch: 1, icv: 1, hash: 'h' }
  const broken: Anchors = {
    put: async () => Promise.reject(new Error('no disk')),
    read: async () => Promise.reject(new Error('no disk')),
  }

  test('one that fails does not matter while the other works', async () => {
    const anchors = joinedAnchors([broken, memoryAnchors([])], silent)
    await anchors.put([head])
    expect((await anchors.read())?.get('c')).toEqual(head)
  })

  test('the newest of both counts', async () => {
    const anchors = joinedAnchors([memoryAnchors([head]), memoryAnchors([{ ...head, icv: 2 }])], silent)
    expect((await anchors.read())?.get('c')?.icv).toBe(2)
  })

  test('without any, nothing is claimed', async () => {
    await expect(joinedAnchors([broken, broken], silent).read()).rejects.toThrow('no disk')
    expect(await joinedAnchors([memoryAnchors(undefined)], silent).read()).toBeUndefined()
  })
})
