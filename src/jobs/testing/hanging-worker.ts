/** Run as a process of its own, to be killed: takes a question, says so on standard output, and never answers it. */
import { openDatabase } from '../../store/database.ts'
import { openQueues } from '../queue.ts'
import { startWorkers } from '../start-workers.ts'
import { createCalls, createContext, createStoreJourneys } from './store-journeys.ts'

const options = JSON.parse(process.argv[2] ?? '{}')
await startWorkers(createContext(openDatabase(options.postgresUrl)), await openQueues(options), {
  journeys: {
    ...createStoreJourneys(createCalls()),
    answerQuestion: () => {
      console.log('asked')
      return new Promise(() => undefined)
    },
  },
  lockMs: options.lockMs,
})
