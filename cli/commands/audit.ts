/** `khatm audit`: proves every chain from its stored bytes, and everything around it. */
import { systemClock } from '#core/keys/system.ts'
import { folderAnchors } from '#core/system/folder-anchors.ts'
import { auditDatabase } from '#core/workflow/proving/audit-database.ts'
import { auditLines } from '../audit-text.ts'
import type { Run } from '../command.ts'
import { addressOf, existingDatabase } from '../databases.ts'
import { progress } from '../progress.ts'

export const run: Run = async (invocation, terminal) => {
  const anchorFolder = invocation.text('anchors')
  const storage = await existingDatabase(addressOf(invocation.text('database'))).open()
  try {
    const anchors = anchorFolder === undefined ? undefined : folderAnchors(anchorFolder, systemClock)
    const companyId = invocation.text('company')
    const audit = await auditDatabase({ storage, anchors }, { companyId, onProgress: progress(terminal) })
    if (invocation.flag('json')) terminal.out(JSON.stringify(audit))
    else for (const line of auditLines(audit, terminal.language)) terminal.out(line)
    return audit.ok ? 0 : 1
  } finally {
    await storage.close()
  }
}
