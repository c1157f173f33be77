/** The folder of anchors: flushed, never backwards, whole after a crash, small after years. */
import { appendFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import type { AnchoredHead } from '#core/ports.ts'
import { folderAnchors } from '#core/system/folder-anchors.ts'

const day = 24 * 3_600_000
const clock = { at: Date.parse('2026-03-01T08:00:00Z'), now: () => clock.at }

let folder: string
beforeEach(async () => {
  clock.at = Date.parse('2026-03-01T08:00:00Z')
  const parent = await mkdtemp(join(tmpdir(), 'khatm-anchors-'))
  folder = join(parent, 'anchors')
  return () => rm(parent, { recursive: true, force: true })
})

const head = (icv: number, chainId = 'chain'): AnchoredHead => ({
  chainId,
  unitId: 'unit',
  epoch: 1,
  icv,
  hash: `hash-${icv}`,
})

test('a folder that was never used is not an empty one', async () => {
  expect(await folderAnchors(folder, clock).read()).toBeUndefined()
})

test('another process reads what was put, and an older head changes nothing', async () => {
  const anchors = folderAnchors(folder, clock)
  await anchors.put([head(1), head(7, 'other')])
  await anchors.put([head(3)])
  await anchors.put([head(2), { ...head(3), hash: 'another' }])
  const read = await folderAnchors(folder, clock).read()
  expect([...(read?.values() ?? [])]).toEqual([head(3), head(7, 'other')])
})

test('a process that knew less does not lead another one backwards', async () => {
  const [one, other] = [folderAnchors(folder, clock), folderAnchors(folder, clock)]
  await one.put([head(1)])
  await other.put([head(5)])
  await one.put([head(2)])
  expect((await other.read())?.get('chain')?.icv).toBe(5)
})

test('a line that was cut off by a crash does not hide the others or the next one', async () => {
  await folderAnchors(folder, clock).put([head(4)])
  const [file = ''] = await readdir(folder)
  await appendFile(join(folder, file), '{"chainId":"chain","icv":5,"ha')
  const anchors = folderAnchors(folder, clock)
  expect((await anchors.read())?.get('chain')).toEqual(head(4))
  await anchors.put([head(6)])
  expect((await folderAnchors(folder, clock).read())?.get('chain')).toEqual(head(6))
})

test('past days are summed up without losing a chain', async () => {
  for (let icv = 1; icv <= 5; icv += 1) {
    await folderAnchors(folder, clock).put([head(icv), head(icv, `chain-of-day-${icv}`)])
    clock.at += day
  }
  expect((await readdir(folder)).length).toBeLessThanOrEqual(4)
  const read = await folderAnchors(folder, clock).read()
  expect(read?.size).toBe(6)
  expect(read?.get('chain')?.icv).toBe(5)
  expect(read?.get('chain-of-day-1')?.icv).toBe(1)
})

test('a folder that cannot be written is said to be unavailable', async () => {
  await writeFile(folder, 'a file in the place of the folder')
  await expect(folderAnchors(folder, clock).put([head(1)])).rejects.toMatchObject({ code: 'anchors/unavailable' })
})
