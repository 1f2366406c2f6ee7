import type { TableBlock } from '../base/table-block.ts'
import { planFacts, roles } from './company.ts'
import type { Account } from './make-accounts.ts'
import { createIntegerList, createNumberList } from './number-list.ts'
import type { Plot } from './plot.ts'
import { createRandom } from './random.ts'
import { dayMs } from './timeline.ts'
import { toTable } from './to-table.ts'

/** Ids of an account's users are consecutive. */
export interface Users {
  readonly table: TableBlock
  /** By index of the account. */
  readonly firstId: Int32Array
  readonly count: Int32Array
}

/** The founder comes with the account, the others are invited over the first weeks; a busy account has more. */
export function makeUsers(accounts: readonly Account[], { timeline, seed }: Plot): Users {
  const random = createRandom(seed, 'users')
  const ids = createIntegerList()
  const owners = createIntegerList()
  const roleCodes = createIntegerList()
  const created = createNumberList()
  const firstId = new Int32Array(accounts.length)
  const count = new Int32Array(accounts.length)
  let id = 0
  accounts.forEach((account, index) => {
    const { users } = planFacts[account.plan] ?? planFacts[0]
    const isPaying = Number.isFinite(account.paysFrom)
    const wanted = isPaying ? 1 + random.poisson(users * Math.min(3, account.busyness)) : 1 + random.poisson(0.4)
    firstId[index] = id + 1
    let added = 0
    for (let number = 0; number < wanted; number++) {
      const wait = number === 0 ? 0 : -Math.log(1 - random.next()) * (isPaying ? 60 : 4) * dayMs
      const at = account.createdMs + Math.round(wait / 1000) * 1000
      const role = number === 0 ? roles.words.indexOf('admin') : random.pick(roles.cumulative)
      if (at > timeline.endMs) continue
      id++
      added++
      ids.push(id)
      owners.push(account.id)
      roleCodes.push(role)
      created.push(at)
    }
    count[index] = added
  })
  const idValues = ids.view()
  const table = toTable('users', [
    { name: 'id', kind: 'integer', values: idValues },
    { name: 'account_id', kind: 'integer', values: owners.view() },
    {
      name: 'email',
      kind: 'text',
      codes: idValues.map((value) => value - 1),
      words: Array.from(idValues, (value) => `user${value}@example.com`),
    },
    { name: 'role', kind: 'text', codes: roleCodes.view(), words: roles.words },
    { name: 'created_at', kind: 'timestamp', values: created.view() },
  ])
  return { table, firstId, count }
}
