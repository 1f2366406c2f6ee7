import type { Command } from '../command.ts'
import { listenOptions, readListen } from '../read-listen.ts'
import { startServices, waitForStop } from '../services.ts'

export const serve: Command = {
  name: 'serve',
  summary: 'serve the API and the pages',
  arguments: [],
  options: listenOptions,
  hasFormat: false,
  examples: ['hunch serve --port 8080'],
  async run({ configFile, options, signal }, { err }) {
    const listen = readListen(options)
    const services = await startServices({ configFile, listen, works: false, ticks: false })
    err(`${services.app.workspace}: pages and API at ${services.url}`)

    err('stop with Ctrl-C')
    await waitForStop(signal)
    err('stopping; work in progress is finished first')
    await services.close()
    return 0
  },
}
