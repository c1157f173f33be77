/** The desktop app put together: one instance, the office on SQLite, keys in the system's keychain, a hardened window, a graceful end. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { app, type BrowserWindow, dialog, protocol, session } from 'electron'
import { destination } from 'pino'
import { failureBodyOf } from '#core/api/failure-body.ts'
import { createOffice, type RunningOffice } from '#core/compose.ts'
import { asFailure } from '#core/errors.ts'
import { signingPool } from '#core/keys/signing-pool.ts'
import { keyStore } from '#core/keys/store.ts'
import { systemClock } from '#core/keys/system.ts'
import { openSqlite } from '#core/storage/sqlite.ts'
import { folderAnchors } from '#core/system/folder-anchors.ts'
import { jsonLog } from '#core/system/log.ts'
import { environments } from '#core/vocabulary.ts'
import { startPractice } from '#practice/index.ts'
import { desktopBackups } from './backups.ts'
import { answerCalls } from './ipc.ts'
import { keychainEncryption } from './keychain.ts'
import { installMenu } from './menu.ts'
import { withRestoredKeys } from './restored-keys.ts'
import { watchForUpdates } from './updates.ts'
import { openWindow, privileges, refusePermissions, servePage } from './window.ts'

const built = import.meta.dirname
const pages = join(built, '..', 'renderer')
const signingThread = new URL('./signing-pool-worker.js', import.meta.url)

const openOffice = async (folder: string): Promise<RunningOffice> => {
  await mkdir(folder, { recursive: true })
  const log = jsonLog({ destination: destination({ dest: join(folder, 'khatm.log'), mkdir: true }) })
  const database = join(folder, 'khatm.sqlite')
  // Beside the office's folder, so that whoever copies or restores that folder does not copy its anchors.
  const anchors = join(folder, '..', 'anchors')
  const keychain = await keychainEncryption()
  const practice = await startPractice({ dataDir: join(folder, 'practice') })
  const storage = await openSqlite({ file: database, exclusive: true })
  const keyFile = join(folder, 'key-encryption.key')
  const encryption = await withRestoredKeys(keychain, { keyFile, storage, clock: systemClock, log })
  const office = await createOffice({
    shell: 'desktop',
    storage,
    keys: keyStore(encryption, signingPool({ script: signingThread })),
    archive: join(folder, 'archive'),
    anchors: folderAnchors(anchors, systemClock),
    backups: desktopBackups({ folder, database, anchors }, encryption),
    environments,
    practice,
    log,
  })
  return { ...office, close: () => office.close().finally(() => practice.close()) }
}

/** The window goes first; the office finishes what is under way before the process ends. */
const closeInOrder = (office: RunningOffice): void => {
  let closed = false
  app.on('window-all-closed', () => app.quit())
  app.on('before-quit', (event) => {
    if (closed) return
    event.preventDefault()
    void office.close().finally(() => {
      closed = true
      app.quit()
    })
  })
}

const focusOnSecondStart = (window: BrowserWindow): void => {
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore()
    window.focus()
  })
}

const start = async (): Promise<void> => {
  servePage(protocol, pages)
  refusePermissions(session.defaultSession)
  installMenu(app.getLocale())
  const office = await openOffice(join(app.getPath('userData'), 'office'))
  closeInOrder(office)
  answerCalls(office.router)
  const window = await openWindow(join(built, 'preload.cjs'))
  focusOnSecondStart(window)
  watchForUpdates(office.office.log)
}

/** A start that fails says why in both languages; nothing stored was touched. */
const explain = (thrown: unknown): void => {
  const { error, message, message_ar } = failureBodyOf(asFailure(thrown), 'start')
  dialog.showErrorBox('Khatm ختم', `${message_ar}\n\n${message}\n\n${error}`)
  app.exit(1)
}

// Not awaited: Electron becomes ready only after this module has been evaluated.
protocol.registerSchemesAsPrivileged(privileges)
if (app.requestSingleInstanceLock()) void app.whenReady().then(start).catch(explain)
else app.quit()
