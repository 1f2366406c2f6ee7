import { enableCompileCache } from 'node:module'

// the program is imported only now, so that what is compiled of it is kept: the next start takes half as long
enableCompileCache()
const { runProgram } = await import('./run-program.ts')
process.exitCode = await runProgram()
