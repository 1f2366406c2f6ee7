import { compile } from '../../src/dsl/compile.ts'
import { languageContext } from '../../tests/fixtures/language-catalog.ts'

const context = { ...languageContext, dialect: 'duckdb' }

/** Our compiler (parse, check, plan, emit) of a text. */
export function compileText(text) {
  const outcome = compile(text, context)
  if (!outcome.ok) throw new Error(`${text}\n${outcome.diagnostics[0].message}`)
}

/** How each makes SQL of a question. Each is given another text every time, so that no cache of texts answers. */
export const contenders = {
  hunch: () => (question, run) => compileText(`${question.hunch}\n# ${run}\n`),
  malloy: async () => {
    const { default: malloy } = await import('@malloydata/malloy')
    const { malloyConnection, malloyModel } = await import('./questions.mjs')
    const model = new malloy.SingleConnectionRuntime({ connection: malloyConnection }).loadModel(malloyModel)
    await model.getModel()
    return async (question, run) => void (await model.loadQuery(`${question.malloy} // ${run}\n`).getSQL())
  },
  prql: async () => {
    const { default: prqlc } = await import('prqlc')
    const options = new prqlc.CompileOptions()
    options.target = 'sql.duckdb'
    options.signature_comment = false
    return (question, run) => void prqlc.compile(`${question.prql}\n# ${run}\n`, options)
  },
}
