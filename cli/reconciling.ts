/** What `restore` and `reconcile` share: a database, the archive and the anchors of its office, as the workflow takes them. */
import { join } from 'node:path'
import { systemClock, systemIds } from '#core/keys/system.ts'
import type { Database } from '#core/ports.ts'
import { folderAnchors } from '#core/system/folder-anchors.ts'
import { folderBlobs } from '#core/system/folder-blobs.ts'
import { rollForwardAll } from '#core/workflow/proving/roll-forward.ts'
import { commandLineActor } from './actor.ts'
import { reconciledLines } from './audit-text.ts'
import type { Invocation } from './command.ts'
import type { ExitCode } from './exit-code.ts'
import { quietLog } from './log.ts'
import type { Terminal } from './terminal.ts'

/** Nobody works on the database meanwhile; nothing is sent. 0 when every chain goes on. */
export const reconcile = async (
  database: Database,
  folder: string,
  invocation: Invocation,
  { out, language }: Terminal,
): Promise<ExitCode> => {
  const storage = await database.open({ exclusive: true })
  try {
    const ports = {
      storage,
      anchors: folderAnchors(invocation.text('anchors') ?? join(folder, 'anchors'), systemClock),
      blobs: folderBlobs(invocation.text('archive') ?? join(folder, 'archive')),
      clock: systemClock,
      ids: systemIds,
      log: quietLog,
    }
    const reports = await rollForwardAll(ports, {
      actor: commandLineActor(),
      acceptHead: invocation.flag('accept-head'),
    })
    if (invocation.flag('json')) out(JSON.stringify(reports))
    else for (const line of reports.flatMap((report) => reconciledLines(report, language))) out(line)
    return reports.every(({ outcome }) => outcome === 'thawed') ? 0 : 1
  } finally {
    await storage.close()
  }
}
