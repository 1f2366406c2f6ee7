import type { Command } from '../command.ts'
import { listenOptions, readListen } from '../read-listen.ts'
import { runServices } from '../run-services.ts'

export const up: Command = {
  name: 'up',
  summary: 'serve, work and keep the schedules in one process',
  arguments: [],
  options: listenOptions,
  hasFormat: false,
  examples: ['hunch up'],
  run: async ({ configFile, options, signal }, streams) =>
    runServices({ configFile, listen: readListen(options), works: true, ticks: true }, signal, streams),
}
