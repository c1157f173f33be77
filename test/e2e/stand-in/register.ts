/** Loaded with `node --import`: makes `import 'electron'` mean the stand-in next to this file, so that the built main process runs as it is. */
import { registerHooks } from 'node:module'

const standIn = new URL('./electron.ts', import.meta.url).href

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
})
