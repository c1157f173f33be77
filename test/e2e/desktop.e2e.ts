/** The same way through the desktop app: the built main process and preload, over IPC, in the stand-in for Electron. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort, type Program, startProgram } from './program.ts'
import { planBackups } from './reliability-walk.ts'
import { wholeWay } from './walk.ts'

let folder: string
let app: Program
let browser: Browser
let page: Page

/** Asks again until there is an answer: the app needs a moment before it has a window. */
const eventually = async <T>(ask: () => Promise<T | undefined>): Promise<T> => {
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await ask()
    if (answer !== undefined) return answer
    await new Promise((wake) => setTimeout(wake, 150))
  }
  throw new Error(`no window after 30 s: ${app.output()}`)
}

const connect = (port: number): Promise<Browser> =>
  eventually(() => chromium.connectOverCDP(`http://127.0.0.1:${port}`).catch(() => undefined))

/** The window is there when the page of the private protocol is. */
const windowOf = (connected: Browser): Promise<Page> =>
  eventually(async () =>
    connected
      .contexts()
      .flatMap((context) => context.pages())
      .find((one) => one.url().includes('khatm-app')),
  )

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'khatm-desktop-'))
  const port = await freePort()
  app = await startProgram(['--import', './test/e2e/stand-in/register.ts', 'dist/electron/main.js'], {
    STAND_IN_USER_DATA: folder,
    STAND_IN_CDP_PORT: String(port),
  })
  browser = await connect(port)
  page = await windowOf(browser)
  await page.setViewportSize({ width: 1360, height: 860 })
})

afterAll(async () => {
  await browser?.close()
  await app?.stop()
  for (const place of [folder, `${folder}-disk`]) await rm(place, { recursive: true, force: true })
})

/** The last step changes the language. */
const desktopWay = wholeWay.toSpliced(-1, 0, planBackups)

describe('in the desktop app', () => {
  for (const step of desktopWay) it(step.name, () => step({ page, name: 'desktop' }))

  it('shows the page nothing of Node and only the bridge of two functions', async () => {
    const seen = await page.evaluate(() => ({
      node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in window),
      bridge: Object.keys(window.khatm ?? {}),
    }))
    expect(seen).toEqual({ node: [], bridge: ['call', 'on'] })
  })
})
