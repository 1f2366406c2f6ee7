import type { Command } from '../command.ts'

import { startServices, waitForStop } from '../services.ts'

export const work: Command = {
  name: 'work',
  summary: 'do queued work and keep the schedules',
  arguments: [],
  options: [],
  hasFormat: false,
  examples: ['hunch work'],
  async run({ configFile, signal }, { err }) {
    const listen = undefined
    const services = await startServices({ configFile, listen, works: true, ticks: true })

    err(`${services.app.workspace}: working; queues on ${services.queues.kind}`)
    err('stop with Ctrl-C')
    await waitForStop(signal)
    err('stopping; work in progress is finished first')
    await services.close()
    return 0
  },
}
