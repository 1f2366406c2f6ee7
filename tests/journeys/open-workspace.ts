import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type App, openApp } from '../../src/app.ts'
import { openTestDatabase } from '../support/test-database.ts'
import { makeSmallCompany, type Planted, type SmallCompany } from './small-company.ts'

/** Opens a workspace that `make` writes, with an empty store of its own; both are gone when the test has ended. */
export async function openWorkspace<W extends { readonly folder: string }>(
  make: (storeUrl: string) => W,
): Promise<W & { readonly app: App }> {
  const store = await openTestDatabase({ isEmpty: true })
  const workspace = make(store.url)
  const app = await openApp({ configFile: join(workspace.folder, 'hunch.yaml') })
  onTestFinished(async () => {
    await app.close()
    await store.drop()
    rmSync(workspace.folder, { recursive: true })
  })
  return { ...workspace, app }
}

/** A small company with an empty store. */
export const openCompany = (planted: Planted, seed = 1): Promise<SmallCompany & { readonly app: App }> =>
  openWorkspace((url) => makeSmallCompany(seed, url, planted))
