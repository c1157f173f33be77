/** `khatm reconcile`: brings frozen chains of a restored or copied database forward from the archive, as far as it can be proved. */
import type { Run } from '../command.ts'
import { addressOf, existingDatabase, folderOf } from '../databases.ts'
import { reconcile } from '../reconciling.ts'

export const run: Run = (invocation, terminal) => {
  const address = addressOf(invocation.text('database'))
  return reconcile(existingDatabase(address), folderOf(address), invocation, terminal)
}
