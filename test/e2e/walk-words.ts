/** The small words of the walks: where to look, what to press, what to wait for, and taking a picture. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright'

const shots = join(import.meta.dirname, '..', '..', 'test-results', 'screenshots')

export interface Walk {
  readonly page: Page
  /** Where its screenshots go: `web`, `desktop` */
  readonly name: string
}

export const photograph = async ({ page, name }: Walk, moment: string): Promise<void> => {
  const folder = join(shots, name)
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${moment}.png`) })
}

export const main = (page: Page): Locator => page.getByRole('main')
export const press = (page: Page, name: string | RegExp): Promise<void> =>
  main(page).getByRole('button', { name }).click()
/** A number beside the name says how much there waits. */
export const go = (page: Page, name: string): Promise<void> =>
  page
    .getByRole('navigation')
    .getByRole('button', { name: new RegExp(`^${name}( .*\\d)?$`) })
    .click()

export const fill = async (page: Page, fields: Readonly<Record<string, string>>): Promise<void> => {
  for (const [name, value] of Object.entries(fields)) {
    await main(page).getByRole('textbox', { name, exact: true }).fill(value)
  }
}

export const sees = (where: Locator): Promise<void> => where.first().waitFor({ timeout: 20_000 })
