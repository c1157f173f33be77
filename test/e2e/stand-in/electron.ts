/**
 * A stand-in for Electron whose BrowserWindow is the system's Chromium, for machines where Electron's binary cannot be had.
 *
 * It covers what `electron/` uses and nothing else. The preload runs in an isolated world behind a contextBridge of JSON, the private
 * protocol is answered by the app's own handler, and a window without the hardening switches is refused.
 */

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { mkdirSync, readFileSync } from 'node:fs'
import { type Browser, type BrowserContext, type CDPSession, chromium, type Page, type Route } from 'playwright'
import { chromiumPath } from '../chromium.ts'
import { isolatedBootstrap, mainWorldBootstrap } from './bridge.ts'

const userData = process.env['STAND_IN_USER_DATA'] ?? ''
const debuggingPort = process.env['STAND_IN_CDP_PORT'] ?? '0'

/** `khatm://app/x` is shown to Chromium as `https://khatm-app.invalid/x`: a standard, secure origin that no network can answer. */
const outside = (url: string): string => url.replace(/^(\w+):\/\/(\w+)/, 'https://$1-$2.invalid')
const inside = (url: string): string => url.replace(/^https:\/\/(\w+)-(\w+)\.invalid/, '$1://$2')

const handlers = new Map<string, (request: Request) => Promise<Response>>()

export const protocol = {
  registerSchemesAsPrivileged: (schemes: readonly { privileges: { standard?: boolean; secure?: boolean } }[]): void => {
    if (schemes.some(({ privileges }) => !privileges.standard || !privileges.secure))
      throw new Error('scheme is not standard and secure')
  },
  handle: (scheme: string, handler: (request: Request) => Promise<Response>): void => {
    handlers.set(scheme, handler)
  },
}

class App extends EventEmitter {
  readonly isPackaged = false
  private ready: Promise<void> = Promise.resolve()
  requestSingleInstanceLock = (): boolean => true
  whenReady = (): Promise<void> => this.ready
  getPath = (): string => {
    mkdirSync(userData, { recursive: true })
    return userData
  }
  getAppPath = (): string => process.cwd()
  getVersion = (): string => process.env['npm_package_version'] ?? '0.0.0'
  getLocale = (): string => 'ar-SA'
  setAppUserModelId = (): void => undefined
  enableSandbox = (): void => undefined
  quit = (): void => {
    const event = { prevented: false, preventDefault: () => undefined as undefined }
    event.preventDefault = () => {
      event.prevented = true
      return undefined
    }
    this.emit('before-quit', event)
    if (!event.prevented) void closeBrowser().then(() => process.exit(0))
  }
  exit = (code = 0): void => void closeBrowser().then(() => process.exit(code))
}

export const app = new App()
process.on('SIGTERM', () => app.quit())

const invocations = new Map<string, (event: unknown, ...args: unknown[]) => unknown>()

export const ipcMain = {
  handle: (channel: string, handler: (event: unknown, ...args: unknown[]) => unknown): void => {
    invocations.set(channel, handler)
  },
}

const permissions = {
  setPermissionRequestHandler: (): void => undefined,
  setPermissionCheckHandler: (): void => undefined,
}
export const session = { defaultSession: permissions }

/** Real encryption with a key that lives as long as the user data folder, as the operating system's would. */
const storageKey = Buffer.from(process.env['STAND_IN_STORAGE_KEY'] ?? randomBytes(32).toString('hex'), 'hex')

export const safeStorage = {
  isEncryptionAvailable: (): boolean => true,
  isAsyncEncryptionAvailable: async (): Promise<boolean> => true,
  getSelectedStorageBackend: (): string => 'gnome_libsecret',
  encryptStringAsync: async (text: string): Promise<Buffer> => {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', storageKey, nonce)
    return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  },
  decryptStringAsync: async (bytes: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> => {
    const cipher = createDecipheriv('aes-256-gcm', storageKey, bytes.subarray(0, 12)).setAuthTag(bytes.subarray(-16))
    const result = Buffer.concat([cipher.update(bytes.subarray(12, -16)), cipher.final()]).toString('utf8')
    return { result, shouldReEncrypt: false }
  },
}

export const shell = { openExternal: async (): Promise<void> => undefined, showItemInFolder: (): void => undefined }
export const dialog = {
  showErrorBox: (title: string, text: string): void => console.error(title, text),
  /** The person chooses a folder beside the user data, where a second disk would be. */
  showOpenDialog: async (): Promise<{ canceled: boolean; filePaths: string[] }> => {
    const folder = `${userData}-disk`
    mkdirSync(folder, { recursive: true })
    return { canceled: false, filePaths: [folder] }
  },
}
export const Menu = {
  buildFromTemplate: (template: unknown): unknown => template,
  setApplicationMenu: (): void => undefined,
}
export const nativeTheme = { shouldUseDarkColors: false }

let browser: Browser | undefined
const closeBrowser = async (): Promise<void> => {
  await browser?.close()
}

const openContext = async (): Promise<BrowserContext> => {
  browser ??= await chromium.launch({
    executablePath: chromiumPath(),
    args: [
      `--remote-debugging-port=${debuggingPort}`,
      '--no-sandbox',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  return browser.newContext({ viewport: null, locale: 'ar-SA' })
}

interface Preferences {
  readonly preload?: string
  readonly contextIsolation?: boolean
  readonly sandbox?: boolean
  readonly nodeIntegration?: boolean
  readonly webSecurity?: boolean
}

const refuseUnsafe = (preferences: Preferences): void => {
  if (preferences.nodeIntegration !== false) throw new Error('nodeIntegration must be off')
  if (preferences.contextIsolation !== true) throw new Error('contextIsolation must be on')
  if (preferences.sandbox !== true) throw new Error('sandbox must be on')
  if (preferences.webSecurity === false) throw new Error('webSecurity must be on')
}

class WebContents extends EventEmitter {
  page: Page | undefined
  send = (channel: string, ...args: unknown[]): void => {
    const detail = JSON.stringify({ channel, args })
    void this.page?.evaluate(
      (text) => window.dispatchEvent(new CustomEvent('stand-in:event', { detail: text })),
      detail,
    )
  }
  setWindowOpenHandler = (): void => undefined
  openDevTools = (): void => undefined
  setZoomFactor = (): void => undefined
}

export class BrowserWindow extends EventEmitter {
  readonly webContents = new WebContents()
  readonly #preferences: Preferences

  constructor(options: { readonly webPreferences?: Preferences }) {
    super()
    this.#preferences = options.webPreferences ?? {}
    refuseUnsafe(this.#preferences)
  }

  show = (): void => undefined
  focus = (): void => undefined
  restore = (): void => undefined
  isMinimized = (): boolean => false
  isDestroyed = (): boolean => false
  static getAllWindows = (): readonly BrowserWindow[] => []

  loadURL = async (url: string): Promise<void> => {
    const context = await openContext()
    const page = await context.newPage()
    this.webContents.page = page
    page.on('close', () => this.emit('closed'))
    await page.route('https://*.invalid/**', fulfil)
    await attachPreload(await context.newCDPSession(page), page, this.#preferences.preload)
    await page.goto(outside(url))
    this.emit('ready-to-show')
  }
}

const fulfil = async (route: Route): Promise<void> => {
  const url = inside(route.request().url())
  const handler = handlers.get(new URL(url).protocol.slice(0, -1))
  if (handler === undefined) return route.abort()
  const response = await handler(new Request(url))
  const body = Buffer.from(await response.arrayBuffer())
  await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body })
}

/** The preload gets a world of its own; between the worlds only JSON text passes. */
const attachPreload = async (cdp: CDPSession, page: Page, preload: string | undefined): Promise<void> => {
  if (preload === undefined) return
  const world = 'preload'
  await cdp.send('Page.enable')
  await cdp.send('Runtime.enable')
  await cdp.send('Runtime.addBinding', { name: 'standInInvoke', executionContextName: world })
  cdp.on('Runtime.bindingCalled', ({ payload, executionContextId }) => {
    void answerInvoke(payload, page).then((reply) =>
      cdp.send('Runtime.evaluate', {
        expression: `standInReply(${JSON.stringify(reply)})`,
        contextId: executionContextId,
      }),
    )
  })
  await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldBootstrap })
  const source = isolatedBootstrap(readFileSync(preload, 'utf8'))
  await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName: world })
}

/** What `ipcRenderer.invoke` gets: the handler's value after a structured clone, or the text of its error. */
const answerInvoke = async (payload: string, page: Page): Promise<string> => {
  const { id, channel, args } = JSON.parse(payload)
  const handler = invocations.get(channel)
  try {
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
    const event = { senderFrame: { url: inside(page.url()), parent: null } }
    return JSON.stringify({ id, value: structuredClone(await handler(event, ...args)) })
  } catch (error) {
    return JSON.stringify({ id, error: String(error) })
  }
}
