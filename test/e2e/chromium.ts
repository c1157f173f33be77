/** Finds the Chromium that the browser tests drive. */
import { existsSync } from 'node:fs'

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

export const findChromium = (): string | undefined =>
  [process.env['CHROMIUM_PATH'] ?? '', ...places].find((path) => path !== '' && existsSync(path))

export const chromiumPath = (): string => {
  const found = findChromium()
  if (found === undefined) throw new Error('No Chromium: install the package chromium, or set CHROMIUM_PATH')
  return found
}
