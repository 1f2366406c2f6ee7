import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const setNames = ['defog', 'pgexercises'] as const
export type SetName = (typeof setNames)[number]

/** A question with SQL that is known to answer it. */
export interface Question {
  readonly id: string
  /** The database it is about. */
  readonly database: string
  readonly category: string
  readonly text: string
  /** Accepted forms: any of them is right. */
  readonly gold: readonly string[]
}

interface QuestionLine {
  readonly id: string
  readonly db: string
  readonly category: string
  readonly question: string
  readonly gold: readonly string[]
}

/** The open questions of a set, in the order of its file. */
export function readQuestions(folder: string, set: SetName): readonly Question[] {
  const text = readFileSync(join(folder, set, 'questions.open.jsonl'), 'utf8')
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const { id, db, category, question, gold } = JSON.parse(line) as QuestionLine
      return { id, database: db, category, text: question, gold }
    })
}

/** The SQL that makes a database and fills it. */
export function readDatabaseScript(folder: string, set: SetName, database: string): string {
  const path = set === 'defog' ? ['defog', 'db', `${database}.sql`] : ['pgexercises', 'clubdata.sql']
  return readFileSync(join(folder, ...path), 'utf8')
}
