import { createHash } from 'node:crypto'
import {
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { Failure } from '../../base/failure.ts'
import { isReachable, type Owner } from './owner.ts'
import { readPostmaster } from './postmaster.ts'

/** Says, in the state folder, where the server's files are when they could not stay there. */
const pointerName = 'postgres-folder'
/** Says, in the server's folder, whose it is. */
const originName = 'origin'

/**
 * The folder of the server's files: `<folder>/postgres`, or, when the server runs as another user who cannot pass through to it (a
 * folder of mode 0700 that belongs to root), one outside: beside the state folder's temp folder, else `/var/lib/hunch/<hash>`. A file
 * `postgres-folder` in the state folder then says where. The folder exists afterwards.
 */
export function chooseHome(folder: string, owner: Owner | undefined): string {
  mkdirSync(folder, { recursive: true })
  const pointer = join(folder, pointerName)
  const inside = join(folder, 'postgres')
  if (owner === undefined || (!existsSync(pointer) && canStay(folder, inside, owner))) {
    mkdirSync(inside, { recursive: true })
    return inside
  }
  const known = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : ''
  const home = known !== '' && existsSync(known) ? known : chooseShelter(folder, owner, hashPath(folder))
  makeOwnFolder(home)
  writeFileSync(join(home, originName), `${realpathSync(folder)}\n`)
  writeFileSync(pointer, `${home}\n`)
  removeOrphans(home)
  return home
}

/** A place near `path` that `owner` can reach: below the temp folder when `path` is there, else below `/var/lib/hunch`. */
export function chooseShelter(path: string, owner: Owner, name: string): string {
  const temporary = realpathSync(tmpdir())
  if (realpathSync(path).startsWith(temporary + sep) && isReachable(temporary, owner))
    return join(temporary, `hunch-${name}`)
  return join('/var/lib/hunch', name)
}

/** Makes a folder that only we may write to, in a place where others may write too. */
export function makeOwnFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  const found = lstatSync(folder)
  if (found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0) return
  throw new Failure(`\`${folder}\` belongs to somebody else`, {
    code: 'embedded-postgres-folder',
    hint: 'Remove it, or set `store` in hunch.yaml to the address of a Postgres.',
  })
}

function canStay(folder: string, inside: string, owner: Owner): boolean {
  if (!isReachable(folder, owner)) return false
  mkdirSync(inside, { recursive: true, mode: 0o755 })
  if (!isReachable(inside, owner)) return false
  return canGive(inside, owner)
}

/** Some mounted folders cannot be given to another user, even by root. */
function canGive(folder: string, owner: Owner): boolean {
  const probe = join(folder, `.probe-${process.pid}`)
  try {
    mkdirSync(probe)
    chownSync(probe, owner.uid, owner.gid)
    return lstatSync(probe).uid === owner.uid
  } catch {
    return false
  } finally {
    rmSync(probe, { recursive: true, force: true })
  }
}

const hashPath = (path: string) => createHash('sha256').update(realpathSync(path)).digest('hex').slice(0, 12)

/** Servers' files in the temp folder whose state folder was removed, as tests do; those of a running server stay. */
function removeOrphans(home: string): void {
  const temporary = realpathSync(tmpdir())
  if (!home.startsWith(join(temporary, 'hunch-'))) return
  for (const name of readdirSync(temporary)) {
    const other = join(temporary, name)
    const origin = join(other, originName)
    if (!/^hunch-[0-9a-f]{12}$/.test(name) || !existsSync(origin)) continue
    if (existsSync(readFileSync(origin, 'utf8').trim()) || readPostmaster(join(other, 'data')) !== undefined) continue
    rmSync(other, { recursive: true, force: true })
  }
}
