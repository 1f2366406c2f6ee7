import { createHash } from 'node:crypto'
import { invariant } from '../../base/invariant.ts'
import type { Finding } from '../../findings/finding.ts'
import { chooseDigest, type Digest, type DigestChoice } from '../../reports/digest.ts'
import { composeDigestMail } from '../../reports/digest-mail.ts'
import { type Cycle, findCycle } from '../../store/cycles.ts'
import { insertDeliveries } from '../../store/deliveries.ts'
import { findDigest, insertDigest } from '../../store/digests.ts'
import { findEvidence } from '../../store/evidence.ts'
import { listCycleFindings } from '../../store/findings.ts'
import { listUnsubscribed } from '../../store/subscriptions.ts'
import type { EngineContext, Team } from '../context.ts'

type Context = Pick<EngineContext, 'workspace' | 'database' | 'engine' | 'teams' | 'webUrl' | 'now' | 'log'>

export interface ComposeOptions {
  /** Names of teams; absent: all. */
  readonly teams?: readonly string[]
  /** Also when there is nothing new to say: the mail then says that it is quiet. */
  readonly evenIfQuiet?: boolean
}

/** The same for the same team and cycle, so that a second run adds nothing. Letters, digits and `-`. */
function identifyDigest(workspace: string, team: string, cycleId: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([workspace, team, cycleId]))
    .digest('hex')
    .slice(0, 20)
  return `digest-${hash}`
}

const loadCards = (
  { database, workspace }: Context,
  cycleId: string,
  findings: readonly Finding[],
): Promise<Digest['cards']> =>
  Promise.all(
    findings.map(async (finding) => ({
      finding,
      evidence: await findEvidence(database, workspace, finding.key, cycleId),
    })),
  )

async function composeFor(context: Context, team: Team, cycle: Cycle, choice: DigestChoice): Promise<string> {
  const { database, workspace, webUrl } = context
  const id = identifyDigest(workspace, team.name, cycle.id)
  if ((await findDigest(database, id)) === undefined) {
    const mail = await composeDigestMail({
      workspace,
      team: team.name,
      cadence: team.digest,
      webUrl,
      summary: cycle.summary,
      dataUntil: cycle.dataUntil,
      withheld: cycle.withheld.filter(({ isUsual }) => !isUsual),
      ...choice,
      cards: await loadCards(context, cycle.id, choice.cards),
    })
    await insertDigest(database, {
      id,
      workspace,
      team: team.name,
      cycleId: cycle.id,
      subject: mail.subject,
      html: mail.html,
      text: mail.text,
      images: mail.images.map(({ cid, filename, png }) => ({
        cid,
        filename,
        pngBase64: Buffer.from(png).toString('base64'),
      })),
      findingKeys: choice.cards.map(({ key }) => key),
      createdAt: new Date(context.now()).toISOString(),
    })
  }
  const gone = new Set(await listUnsubscribed(database, workspace, team.name))
  await insertDeliveries(
    database,
    id,
    team.members.filter((member) => !gone.has(member.toLowerCase())),
  )
  return id
}

/**
 * Writes the digests of a finished cycle, one a team that has something new to hear, and notes who gets them. Gives their ids. May be run
 * again: a digest that is there stays as it is, and nobody gets it twice.
 */
export async function composeDigests(
  context: Context,
  cycleId: string,
  { teams, evenIfQuiet = false }: ComposeOptions = {},
): Promise<readonly string[]> {
  const cycle = await findCycle(context.database, cycleId)
  invariant(cycle !== undefined, `the cycle \`${cycleId}\` is stored before its digests are composed`)
  const findings = await listCycleFindings(context.database, cycleId)
  const ids: string[] = []
  for (const team of context.teams) {
    if (teams && !teams.includes(team.name)) continue
    const choice =
      chooseDigest(findings, { follows: team.follows, shown: context.engine.shown }) ??
      (evenIfQuiet ? { cards: [], stillOpen: [], recovered: [] } : undefined)
    if (choice) ids.push(await composeFor(context, team, cycle, choice))
    else context.log.info({ cycleId, team: team.name }, 'nothing new to say')
  }
  return ids
}
