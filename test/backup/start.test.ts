/** What a shell does before it issues anything: a database that moved away is refused, one that is older than its anchors is frozen. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { moveDatabase } from '#core/backup/move.ts'
import { createOffice, type OfficeOptions } from '#core/compose.ts'
import { keyStore } from '#core/keys/store.ts'
import { systemClock } from '#core/keys/system.ts'
import { folderAnchors } from '#core/system/folder-anchors.ts'
import { describeEngines, failing } from '../storage/engines.ts'
import { type FilledOffice, filledOffice, newDatabase } from './office.ts'

const started = async ({ database, encryption }: FilledOffice, change: Partial<OfficeOptions> = {}) => {
  const folder = await mkdtemp(join(tmpdir(), 'khatm-start-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const events: string[] = []
  const heard = (event: string) => void events.push(event)
  const running = await createOffice({
    shell: 'server',
    storage: await database.open(),
    keys: keyStore(encryption),
    archive: join(folder, 'archive'),
    anchors: folderAnchors(join(folder, 'anchors'), systemClock),
    environments: ['PRACTICE'],
    practice: undefined,
    log: { info: heard, warn: heard, error: heard },
    ...change,
  })
  onTestFinished(() => running.close())
  return { running, events, folder }
}

await describeEngines('start', (engine) => {
  test('an office that was moved away does not start', async () => {
    const filled = await filledOffice(engine)
    await moveDatabase({ from: filled.database, to: await newDatabase(engine), clock: systemClock, actor: 'owner' })
    await expect(started(filled)).rejects.toEqual(failing('storage/moved'))
  })

  test('a first start with anchors says so and anchors; a start behind them freezes before anything is issued', async () => {
    const filled = await filledOffice(engine)
    const { events, folder } = await started(filled)
    expect(events).toContain('anchors/missing')
    const anchors = folderAnchors(join(folder, 'anchors'), systemClock)
    const [head] = (await anchors.read())?.values() ?? []
    expect(head).toMatchObject({ icv: 4, unitId: filled.unit.id })

    if (head !== undefined) await anchors.put([{ ...head, icv: 5, hash: 'of a document that is lost' }])
    const again = await started(filled, { anchors })
    expect(again.events).toContain('anchors/differ')
    expect(await again.running.office.storage.read.activeChain(filled.unit.id)).toBeUndefined()
  })
})
