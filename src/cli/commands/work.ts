import type { Command } from '../command.ts'
import { runServices } from '../run-services.ts'

export const work: Command = {
  name: 'work',
  summary: 'do queued work and keep the schedules',
  arguments: [],
  options: [],
  hasFormat: false,
  examples: ['hunch work'],
  run: async ({ configFile, signal }, streams) =>
    runServices({ configFile, listen: undefined, works: true, ticks: true }, signal, streams),
}
