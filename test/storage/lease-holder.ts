/** An office in a process of its own: opens the file for itself alone, says so, and stays until it is stopped. */
import { openSqlite } from '#core/storage/sqlite.ts'

const [, , file = ''] = process.argv
const storage = await openSqlite({ file, exclusive: true })
const open = setInterval(() => undefined, 1000)
process.once('SIGTERM', () => {
  clearInterval(open)
  void storage.close()
})
process.stdout.write('open\n')
