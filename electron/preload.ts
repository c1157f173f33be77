/** The only thing the page can reach of the desktop: one call function and one event function, in an isolated world. */
import { contextBridge, ipcRenderer } from 'electron'
import { callChannel, eventChannel } from './channels.ts'

contextBridge.exposeInMainWorld('khatm', {
  call: (path: string, input: unknown): Promise<unknown> => ipcRenderer.invoke(callChannel, path, input),
  on: (listener: (event: string) => void): void => {
    ipcRenderer.on(eventChannel, (_event, name: string) => listener(name))
  },
})
