import { afterAll } from 'vitest'
import { createServer } from '../create-server.ts'
import { openWorld } from './open-world.ts'

/** The world of `openWorld` with its server, for a whole test file; both are closed at its end. */
export async function serveWorld() {
  const world = await openWorld()
  const server = createServer(world.context)
  afterAll(async () => {
    await server.close()
    await world.close()
  })
  await server.ready()
  return { world, server }
}
