import type { Day } from '../base/periods.ts'
import type { CellCount } from '../findings/errors/count-trials.ts'
import { votes as said } from '../findings/tell/hear-feedback.ts'
import { nameFields, type PlanHistory } from '../hypotheses/data/plan-history.ts'
import type { Cycle } from './cycles.ts'
import { type Database, inTransaction, toJson } from './database.ts'

/** Cycles that a plan looks back on, one a day. */
const cyclesMax = 60

/** What a reader's word counts for or against asking more of the kind: a mute, too, says that it is not wanted. */
const votes = { ...said, mute: -2 }

/** Writes what a cycle came to, in place of what is there. */
export function saveTrials(
  database: Database,
  { id, workspace, asOf }: Pick<Cycle, 'id' | 'workspace' | 'asOf'>,
  counts: readonly CellCount[],
): Promise<void> {
  return inTransaction(database, async (transaction) => {
    await transaction('trials').where({ cycleId: id }).delete()
    await transaction.raw(
      `insert into trials (cycle_id, workspace, as_of, template, model, metric, fields, tested, told)
       select ?, ?, ?::date, template, model, metric, fields, tested, told
       from jsonb_to_recordset(?::jsonb)
         as cells (template text, model text, metric text, fields text, tested integer, told integer)`,
      [id, workspace, asOf, toJson(counts)],
    )
  })
}

/** The newest cycle of each of the last days before one, numbered from 1. */
const pastCycles = `past as (
  select id, row_number() over (order by as_of desc) as ago from (
    select distinct on (as_of) id, as_of from cycles
    where workspace = :workspace and state = 'done' and as_of < cast(:asOf as date)
    order by as_of desc, created_at desc limit ${cyclesMax}
  ) as days
)`

/**
 * What cycles of earlier days left to the plan of one that judges `asOf`: a past day that is replayed is planned as it was then, as far as the
 * store knows. A scan that the budget gave up was not asked; one that the warehouse refused was.
 */
export async function readPlanHistory(database: Database, workspace: string, asOf: Day): Promise<PlanHistory> {
  const of = { workspace, asOf }
  const asked = await database.raw(
    `with ${pastCycles}
     select body ->> 'model' as model, body ->> 'time' as time, body -> 'dimensions' as dimensions, min(ago) as "cyclesAgo",
       (array_agg(warehouse_ms + detect_ms order by ago) filter (where state = 'done'))[1] as ms
     from scans join past on past.id = scans.cycle_id
     where not body \\?| array['hypothesis', 'reads', 'isRows', 'isAccounts']
       and (state = 'done' or state = 'failed' and reason not like 'the budget of %')
     group by 1, 2, 3 order by 1, 2, 3`,
    of,
  )
  const trials = await database.raw(
    `with ${pastCycles}
     select template, model, metric, fields, count(*) as cycles, count(*) filter (where told > 0) as told
     from trials join past on past.id = trials.cycle_id
     group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
    of,
  )
  const heard = await database.raw(
    `select about ->> 'kind' as kind, about ->> 'model' as model, about ->> 'metric' as metric, cast(fields as text) as fields,
       sum(cast(cast(:votes as jsonb) ->> label as double precision)) as votes
     from feedback
     cross join lateral (
       select coalesce(json_agg(part ->> 'field'), '[]') as fields from jsonb_array_elements(about -> 'slice') as part
     ) as cut
     where workspace = :workspace and undone_at is null and about is not null and cast(:votes as jsonb) \\? label
     group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
    { workspace, votes: toJson(votes) },
  )
  return {
    asked: asked.rows,
    trials: trials.rows,
    votes: heard.rows.map((vote: { readonly fields: string }) => ({
      ...vote,
      fields: nameFields(JSON.parse(vote.fields)),
    })),
  }
}
