#!/usr/bin/env node
/** The command line: `khatm <command> ...`; `khatm --help` lists the commands. */
import { main } from './main.ts'
import { processTerminal } from './terminal.ts'

process.exitCode = await main(process.argv.slice(2), processTerminal())
