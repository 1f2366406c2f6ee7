import type { Command } from '../command.ts'
import { listenOptions, readListen } from '../read-listen.ts'
import { startServices, waitForStop } from '../services.ts'

export const up: Command = {
  name: 'up',
  summary: 'serve, work and keep the schedules in one process',
  arguments: [],
  options: listenOptions,
  hasFormat: false,
  examples: ['hunch up'],
  async run({ configFile, options, signal }, { err }) {
    const listen = readListen(options)
    const services = await startServices({ configFile, listen, works: true, ticks: true })
    err(`${services.app.workspace}: pages and API at ${services.url}`)
    err(`${services.app.workspace}: working; queues on ${services.queues.kind}`)
    err('stop with Ctrl-C')
    await waitForStop(signal)
    err('stopping; work in progress is finished first')
    await services.close()
    return 0
  },
}
