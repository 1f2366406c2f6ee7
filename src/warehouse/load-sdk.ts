import { Failure } from '../base/failure.ts'

/** A driver that is installed by those who need it only, and not with Hunch. */
export async function loadSdk<T>(name: string, title: string): Promise<T> {
  try {
    return (await import(name)) as T
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== 'ERR_MODULE_NOT_FOUND') throw cause
    throw new Failure(`\`${name}\`, which ${title} is read with, is not installed`, {
      code: 'warehouse-driver',
      hint: `Run \`npm install ${name}\` where Hunch is installed. ${title} has not been run against a live warehouse.`,
      cause,
    })
  }
}
