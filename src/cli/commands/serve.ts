import type { Command } from '../command.ts'
import { listenOptions, readListen } from '../read-listen.ts'
import { runServices } from '../run-services.ts'

export const serve: Command = {
  name: 'serve',
  summary: 'serve the API and the pages',
  arguments: [],
  options: listenOptions,
  hasFormat: false,
  examples: ['hunch serve --port 8080'],
  run: async ({ configFile, options, signal }, streams) =>
    runServices({ configFile, listen: readListen(options), works: false, ticks: false }, signal, streams),
}
