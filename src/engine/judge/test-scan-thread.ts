/** Entry of a worker thread that tests what scans gave, one after another, until it is stopped. */
import { enableCompileCache, flushCompileCache } from 'node:module'

// what it needs is imported only now, so that what is compiled of it is kept: the next thread starts in a third of the time
enableCompileCache()
await import('./answer-tasks.ts')
flushCompileCache()
