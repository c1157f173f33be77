/** Updates from the office's own network: looked for at start, downloaded when found, installed when the app is closed. */
import { app } from 'electron'
import updater from 'electron-updater'
import type { Log } from '#core/ports.ts'

/** Only a packaged app has an update address; failing to reach it is no failure of the app. */
export const watchForUpdates = (log: Log): void => {
  if (!app.isPackaged) return
  const { autoUpdater } = updater
  autoUpdater.autoInstallOnAppQuit = true
  autoUpdater.on('update-downloaded', ({ version }) => log.info('update/ready', { version }))
  autoUpdater.on('error', () => log.warn('update/unreachable'))
  autoUpdater.checkForUpdates().catch(() => log.warn('update/unreachable'))
}
