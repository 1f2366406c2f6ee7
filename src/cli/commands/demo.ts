import { join } from 'node:path'
import { formatCount, formatMs } from '../../base/format.ts'
import { describeDemo } from '../../engine/describe-demo.ts'
import { watchCycle } from '../../engine/watch-cycle.ts'
import { requestCycle } from '../../jobs/request-cycle.ts'
import type { Command } from '../command.ts'
import { prepareDemo } from '../demo-workspace.ts'
import { listenOptions, readListen } from '../read-listen.ts'
import { startServices, waitForStop } from '../services.ts'
import { showProgress } from '../show-progress.ts'

export const demo: Command = {
  name: 'demo',
  summary: 'everything embedded: a sample company, one cycle, a digest, pages and API',
  arguments: [],
  options: [
    { flags: '--null', summary: 'a company in which nothing happened: there should be nothing to tell' },
    { flags: '--folder <folder>', summary: 'where the workspace is kept', initial: join('.hunch', 'demo') },
    { flags: '--once', summary: 'end when the digest is there instead of serving it' },
    ...listenOptions,
  ],
  hasFormat: false,
  ignoresConfig: true,
  examples: ['hunch demo', 'hunch demo --null --folder /tmp/quiet'],
  async run({ options, signal }, streams) {
    const { err, out } = streams
    const start = performance.now()
    const isNull = options.null === true
    const folder = `${String(options.folder)}${isNull && options.folder === join('.hunch', 'demo') ? '-null' : ''}`
    const progress = showProgress(streams)
    progress.report({ phase: 'sample company', done: 0, total: 0, unit: '' })
    const { configFile, madeMs } = await prepareDemo(folder, !isNull)
    progress.end()
    err(madeMs === undefined ? `the sample company in ${folder} is used again` : `about a million events in ${folder}`)
    const services = await startServices({ configFile, listen: readListen(options), works: true, ticks: false })
    try {
      const { app, queues, url = app.webUrl } = services
      err(`store: embedded Postgres · queues: ${queues.kind} · warehouse: ${app.warehouse.address}`)
      const requestId = 'demo'
      await requestCycle(app, queues, { id: requestId, trigger: 'demo', teams: app.teams.map(({ name }) => name) })
      const cycle = await watchCycle(app.database, app.workspace, requestId, progress.report, signal)
      progress.end()
      out(await describeDemo(app, cycle, url))
      err(
        `ready after ${formatMs(performance.now() - start)}, ${formatCount(process.memoryUsage.rss() / 2 ** 20)} MB in this process`,
      )
      if (options.once === true) return 0
      err('stop with Ctrl-C')
      await waitForStop(signal)
    } finally {
      await services.close()
    }
    return 0
  },
}
