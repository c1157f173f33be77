/**
 * The processes of the harness as one file each: most of the time a kill costs is the start that follows it, and this makes it four
 * times shorter. Nothing but the number of files differs.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'

const root = join(import.meta.dirname, '..', '..')

const programs = ['office-process', 'practice-process', 'migrator-process'] as const
export type Program = (typeof programs)[number]

/** The folder that holds them, two levels below the root as their sources are, from where they find the migrations. */
export const bundled = async (): Promise<string> => {
  const folder = join(root, 'test-results', `processes-${process.pid}`)
  const input = Object.fromEntries(programs.map((name) => [name, join(import.meta.dirname, `${name}.ts`)]))
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    // Other packages have files of their own to load: native code and WebAssembly.
    ssr: { noExternal: ['drizzle-orm', 'zod'] },
    build: {
      ssr: true,
      target: 'node22',
      minify: false,
      outDir: folder,
      rolldownOptions: { input, output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' } },
    },
  })
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}
