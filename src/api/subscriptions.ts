import { z } from 'zod'
import type { ApiContext } from './api-context.ts'
import { HttpError } from './http-error.ts'

export const subscriptionSchema = z.strictObject({ team: z.string().min(1).max(200), recipient: z.email() })

/** Who gets mail is said in `hunch.yaml`; subscriptions switch it on and off, they never add an address. */
export function findMember(
  { teams }: Pick<ApiContext, 'teams'>,
  { team: name, recipient }: z.infer<typeof subscriptionSchema>,
): { readonly team: string; readonly recipient: string } {
  const team = teams.find((other) => other.name === name)
  if (!team) throw new HttpError(404, { code: 'unknown-team', message: `there is no team \`${name}\`` })
  const member = team.members.find((address) => address.toLowerCase() === recipient.toLowerCase())
  if (member === undefined)
    throw new HttpError(404, {
      code: 'not-a-member',
      message: `\`${recipient}\` is not a member of \`${name}\``,
      hint: 'Add the address to `members` of the team in `hunch.yaml`.',
    })
  return { team: name, recipient: member }
}
