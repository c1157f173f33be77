/** The whole way in a browser against the office server as `npm start` runs it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from './browser.ts'
import { type Program, startProgram } from './program.ts'
import { wholeWay } from './walk.ts'

let folder: string
let server: Program
let browser: Browser
let page: Page
const faults: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'khatm-web-'))
  server = await startProgram(['server/start.ts'], { DATA_DIR: folder, PORT: '0' })
  browser = await openBrowser()
  const context = await browser.newContext({ viewport: { width: 1360, height: 860 }, locale: 'ar-SA' })
  page = await context.newPage()
  page.on('pageerror', (error) => faults.push(String(error)))
  // The link that a new office finds in its terminal.
  await page.goto(await server.printed(/http:\/\/127\.0\.0\.1:\d+\/#setup=[\w-]+/))
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

describe('in a browser', () => {
  for (const step of wholeWay) it(step.name, () => step({ page, name: 'web' }))

  it.each(['documents', 'sending', 'certificates', 'settings', 'help'])(
    'has no serious accessibility fault on the screen %s',
    async (screen) => {
      await page.evaluate((name) => {
        window.location.hash = `#/${name}`
      }, screen)
      await page.getByRole('main').getByRole('heading').or(page.getByRole('grid')).first().waitFor()
      const { violations } = await new AxeBuilder({ page }).analyze()
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
    },
  )

  it('raised no error in the page', () => expect(faults).toEqual([]))
})
