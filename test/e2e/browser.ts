/** A real browser for the tests, closed off from the network. */
import { type Browser, chromium } from 'playwright'
import { chromiumPath } from './chromium.ts'

export const quietly = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath(), args: [...quietly] })
