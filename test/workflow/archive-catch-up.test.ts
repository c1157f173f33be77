/** The archive catches up on every engine: copies that failed are made later, and what is known to be there is not compared again. */
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Blobs, Ports, Unit } from '#core/ports.ts'
import { catchUpArchive, keepArchive } from '#core/workflow/archiving/archive-catch-up.ts'
import { issueDocument } from '#core/workflow/issuing/issue.ts'
import { submitDue } from '#core/workflow/sending/outbox.ts'
import { describeEngines } from '../storage/engines.ts'
import { draft, openOffice, type TestOffice } from './office.ts'

await describeEngines('archive', (engine) => {
  let office: TestOffice
  let unit: Unit
  beforeEach(async () => {
    const database = await engine.createMigrated()
    office = await openOffice({ open: () => database.open() })
    unit = await office.readyUnit()
  })
  afterEach(() => office.close())

  const fullDisk: Blobs['put'] = () => Promise.reject(new Error('ENOSPC'))
  const without = (put: Blobs['put']): Ports => ({ ...office.ports, blobs: { ...office.ports.blobs, put } })

  const issue = async (ports: Ports, profile: 'standard' | 'simplified') => {
    const wanted = draft({ profile })
    await issueDocument(ports, { unitId: unit.id, draft: wanted, idempotencyKey: wanted.number, actor: 'tester' })
  }
  const issueAndSend = async (ports: Ports, ...profiles: readonly ('standard' | 'simplified')[]) => {
    for (const profile of profiles) await issue(ports, profile)
    await submitDue(ports)
  }
  const files = (form: 'signed' | 'cleared'): number => {
    const folder = join(office.folder, 'archive', 'PRACTICE', office.company.vatNumber, form)
    return readdirSync(folder, { withFileTypes: true }).length
  }
  const open = () => office.ports.storage.read.unarchived()

  test('makes the copies that a full disk refused, in both forms, and compares them no more', async () => {
    await issueAndSend(without(fullDisk), 'standard', 'simplified', 'standard')
    expect(await catchUpArchive(without(fullDisk))).toMatchObject({ compared: 0, problem: 'internal/unexpected' })
    expect(await catchUpArchive(office.ports)).toEqual({ compared: 3, problem: undefined })
    expect([files('signed'), files('cleared')]).toEqual([3, 2])
    expect(await open()).toEqual([])
    expect(await catchUpArchive(office.ports)).toEqual({ compared: 0, problem: undefined })
  })

  test('keeps what it reached before the disk was full, and goes on from there', async () => {
    await issueAndSend(without(fullDisk), 'simplified', 'simplified', 'simplified', 'simplified')
    let room = 2
    const filling: Blobs['put'] = (...given) => {
      room -= 1
      return room < 0 ? fullDisk(...given) : office.ports.blobs.put(...given)
    }
    expect(await catchUpArchive(without(filling))).toMatchObject({ compared: 2 })
    expect(await open()).toMatchObject([{ archivedIcv: 2 }])
    expect(await catchUpArchive(office.ports)).toMatchObject({ compared: 2 })
    expect(files('signed')).toBe(4)
  })

  test('comes back to a document until it is final, because its stamped copy is still to come', async () => {
    await issueAndSend(office.ports, 'simplified')
    await issue(office.ports, 'standard')
    await issue(office.ports, 'simplified')
    expect(await catchUpArchive(office.ports)).toMatchObject({ compared: 3 })
    expect(await open()).toMatchObject([{ archivedIcv: 1 }])
    await submitDue(without(fullDisk))
    expect(await catchUpArchive(office.ports)).toMatchObject({ compared: 2 })
    expect(files('cleared')).toBe(1)
    expect(await open()).toEqual([])
  })

  test('makes everything anew when the folder was lost', async () => {
    await issueAndSend(office.ports, 'standard', 'simplified')
    await catchUpArchive(office.ports)
    rmSync(join(office.folder, 'archive'), { recursive: true })
    expect(await catchUpArchive(office.ports)).toMatchObject({ compared: 0 })
    expect(await catchUpArchive(office.ports, { whole: true })).toMatchObject({ compared: 2 })
    expect([files('signed'), files('cleared')]).toEqual([2, 1])
  })

  test('catches up at the start and again later, until told to stop', async () => {
    await issueAndSend(without(fullDisk), 'simplified')
    const stop = new AbortController()
    const keeping = keepArchive(office.ports, { signal: stop.signal, everyMs: 20 })
    await expect.poll(open, { timeout: 15_000 }).toEqual([])
    await issueAndSend(without(fullDisk), 'simplified')
    await expect.poll(open, { timeout: 15_000 }).toEqual([])
    stop.abort()
    await keeping
    expect(files('signed')).toBe(2)
  })
})
