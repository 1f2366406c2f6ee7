/** Entry of a worker thread: makes the sample company and loads it, so that the main thread stays free and the memory is given back. */
import { renameSync, rmSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import { makeSample } from '../sample/make-sample.ts'
import { loadDuckdb } from '../warehouse/load-duckdb.ts'

const { file, planted } = workerData as { readonly file: string; readonly planted: boolean }
const unfinished = `${file}.unfinished`
rmSync(unfinished, { force: true })
await loadDuckdb(unfinished, makeSample({ planted }))
renameSync(unfinished, file)
