import { readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** A server that runs on a data folder. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
  /** False while it starts or stops. */
  readonly isReady: boolean
}

/** The server that runs on `dataFolder`, whoever started it. A file that a dead one left behind counts for nothing. */
export function readPostmaster(dataFolder: string): Postmaster | undefined {
  const lines = readLines(join(dataFolder, 'postmaster.pid'))
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 1 || !isRunning(pid) || !worksIn(pid, dataFolder)) return undefined
  return { pid, port: Number(lines[3] ?? 0), isReady: lines[7]?.trim() === 'ready' }
}

/** Takes away what a dead server left behind when another process was given its id meanwhile: Postgres would believe it. */
export function removeStaleFile(dataFolder: string): void {
  const file = join(dataFolder, 'postmaster.pid')
  const pid = Number(readLines(file)[0])
  if (pid > 1 && isRunning(pid) && !worksIn(pid, dataFolder)) rmSync(file, { force: true })
}

/** Whether a process has this id and has not ended; one that nobody waited for (a zombie) has. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return !/^State:\s+[ZX]/m.test(readLines(`/proc/${pid}/status`).join('\n'))
}

/** A server's working folder is its data folder: tells it from a process that was given a dead one's id. True where that cannot be known. */
function worksIn(pid: number, dataFolder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(dataFolder)
  } catch (error) {
    return process.platform !== 'linux' || (error as NodeJS.ErrnoException).code === 'EACCES'
  }
}

function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch {
    return []
  }
}
