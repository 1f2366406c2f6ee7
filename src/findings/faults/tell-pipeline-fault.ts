import { daysBetween } from '../../base/periods.ts'
import type { Candidate, Story } from '../candidate.ts'
import type { PipelineFault } from './data-fault.ts'
import { type FaultSearch, findPipelineFault, listConcerned } from './find-pipeline-fault.ts'

/** Days by which the onset of what a fault makes may seem to lie off: by the day, and by the week. */
const onsetDaysMax = 3
const onsetDaysOfWeeks = 7

/**
 * Tells a fault of the data pipeline as one story in place of all that it makes: whatever began with it in the tables that it concerns, and what moved
 * the same way in others. Its lead is the surest movement of a whole among them.
 */
export async function tellPipelineFault(stories: readonly Story[], search: FaultSearch): Promise<readonly Story[]> {
  const open = stories.filter(({ fault }) => !fault)
  const found = await findPipelineFault(open.flatMap(listAll), search)
  if (!found) return stories
  const { fault, lead, members } = found
  const isOwn = (story: Story) =>
    !story.fault && (listAll(story).some((one) => members.includes(one)) || isMadeBy(story.lead, lead, fault))
  const merged = stories
    .filter(isOwn)
    .flatMap(listAll)
    .filter((one) => one !== lead)
  const alike = merged.filter(({ movement }) => movement.strength * lead.movement.strength > 0)
  const concerns = listConcerned([...members, ...alike])
  return [{ lead, merged, fault: { ...fault, concerns } }, ...stories.filter((story) => !isOwn(story))]
}

const listAll = ({ lead, merged }: Story): readonly Candidate[] => [lead, ...merged]

function isMadeBy({ verdict }: Candidate, lead: Candidate, { since, concerns }: PipelineFault): boolean {
  const { hypothesis, numbers } = verdict
  const daysMax = hypothesis.grain === 'week' ? onsetDaysOfWeeks : onsetDaysMax
  if (numbers.from === null || Math.abs(daysBetween(numbers.from, since)) > daysMax) return false
  return (
    concerns.some(({ model }) => model === hypothesis.model) || numbers.direction === lead.verdict.numbers.direction
  )
}
