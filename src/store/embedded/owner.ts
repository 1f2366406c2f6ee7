import { realpathSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** The user that the server runs as, when it is not the one who starts it. */
export interface Owner {
  readonly uid: number
  readonly gid: number
}

/** `nobody`: Postgres refuses to run as root. */
const nobody: Owner = { uid: 65534, gid: 65534 }

/** Nobody when we are root, else undefined: the server then runs as ourselves. */
export const chooseOwner = (): Owner | undefined => (process.getuid?.() === 0 ? nobody : undefined)

/** Whether `owner` may pass through every folder on the way to `path`, which must exist. */
export function isReachable(path: string, owner: Owner): boolean {
  for (let folder = realpathSync(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder)
    const bit = uid === owner.uid ? 0o100 : gid === owner.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
    if (folder === dirname(folder)) return true
  }
}
