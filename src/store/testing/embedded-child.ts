/** Run as a process of its own: starts the embedded Postgres in a folder, prints its address, then ends in the way that standard input says. */
import { createInterface } from 'node:readline'
import { startEmbeddedPostgres } from '../embedded-postgres.ts'

const server = await startEmbeddedPostgres(process.argv[2] ?? '')
console.log(server.url)
for await (const line of createInterface(process.stdin)) {
  if (line === 'stop') {
    await server.stop()
    break
  }
  if (line === 'exit') process.exit(3)
  if (line === 'throw') setImmediate(() => Promise.reject(new Error('thrown on purpose')))
}
process.stdin.destroy()
