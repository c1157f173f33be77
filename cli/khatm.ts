#!/usr/bin/env node
/** The command line: `khatm <command> ...`; `khatm --help` lists the commands. */
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// Halves the start. Beside the program: whoever can write there could change the program itself, in a common temporary folder anybody could.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/khatm'))

const [{ main }, { processTerminal }] = await Promise.all([import('./main.ts'), import('./terminal.ts')])
process.exitCode = await main(process.argv.slice(2), processTerminal())
