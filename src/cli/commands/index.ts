import type { Command } from '../command.ts'
import { ask } from './ask.ts'
import { check } from './check.ts'
import { cycle } from './cycle.ts'
import { demo } from './demo.ts'
import { detect } from './detect.ts'
import { drivers } from './drivers.ts'
import { fmt } from './fmt.ts'
import { init } from './init.ts'
import { keys } from './keys.ts'
import { lsp } from './lsp.ts'
import { migrate } from './migrate.ts'
import { query } from './query.ts'
import { serve } from './serve.ts'
import { up } from './up.ts'
import { work } from './work.ts'

/** All commands, in the order in which `hunch --help` lists them. */
export const commands: readonly Command[] = [
  demo,
  init,
  check,
  fmt,
  query,
  ask,
  cycle,
  detect,
  drivers,
  serve,
  work,
  up,
  migrate,
  keys,
  lsp,
]
