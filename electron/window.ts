/** The application window with every hardening switch on, and the private protocol that serves the built page to it. */
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { BrowserWindow, type Protocol, type Session, shell } from 'electron'

export const scheme = 'khatm'
const origin = `${scheme}://app`

/** Registered before the app is ready: standard, so that the page has an origin; secure, so that it counts as one. */
export const privileges = [{ scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }]

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
}

/** Scripts only from the package itself; styles inline because the component library writes them so. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The file of the built page that an address names, or undefined when it points outside of the folder. */
export const pageFile = (folder: string, address: string): string | undefined => {
  const path = decodeURIComponent(new URL(address).pathname)
  const file = normalize(join(folder, path === '/' ? 'index.html' : path))
  return file.startsWith(folder + sep) ? file : undefined
}

const answer = async (folder: string, address: string): Promise<Response> => {
  const file = pageFile(folder, address)
  if (file === undefined) return new Response(null, { status: 404 })
  const body = await readFile(file).catch(() => undefined)
  if (body === undefined) return new Response(null, { status: 404 })
  const headers = {
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
  }
  return new Response(new Uint8Array(body), { headers })
}

export const servePage = (protocol: Protocol, folder: string): void =>
  protocol.handle(scheme, (request) => answer(folder, request.url))

/** No camera, no location, no notifications: the page asks for nothing, so everything is refused. */
export const refusePermissions = (session: Session): void => {
  session.setPermissionRequestHandler((_contents, permission, decide) =>
    decide(permission === 'clipboard-sanitized-write'),
  )
  session.setPermissionCheckHandler((_contents, permission) => permission === 'clipboard-sanitized-write')
}

const isOurs = (address: string): boolean => address.startsWith(`${origin}/`)

export const openWindow = async (preload: string): Promise<BrowserWindow> => {
  const window = new BrowserWindow({
    width: 1360,
    height: 860,
    minWidth: 1024,
    minHeight: 680,
    show: false,
    title: 'Khatm ختم',
    backgroundColor: '#ffffff',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  })
  window.webContents.setWindowOpenHandler(({ url }) => {
    if (url.startsWith('https://')) void shell.openExternal(url)
    return { action: 'deny' }
  })
  window.webContents.on('will-navigate', (event, url) => {
    if (!isOurs(url)) event.preventDefault()
  })
  window.once('ready-to-show', () => window.show())
  await window.loadURL(`${origin}/index.html`)
  return window
}

/** A call is answered only when it comes from the top frame of our own page. */
export const isTrustedSender = (frame: { readonly url: string; readonly parent: unknown } | null): boolean =>
  frame !== null && frame.parent === null && isOurs(frame.url)
