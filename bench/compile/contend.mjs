/** One contender in a process of its own: is sent the number of a round, answers with the milliseconds that the SQL of each question took. */
import { contenders } from './contenders.mjs'
import { questions } from './questions.mjs'

const work = await contenders[process.argv[2]]()
process.on('message', async (round) => {
  const times = []
  for (const question of questions) {
    const start = performance.now()
    await work(question, round)
    times.push(performance.now() - start)
  }
  process.send(times)
})
process.send('ready')
