import { expect, test } from 'vitest'
import { suggestZones } from './suggest-zones.ts'

test.each([
  ['India', 'Asia/Calcutta'],
  ['ee', 'Europe/Tallinn'],
  ['germany', 'Europe/Berlin'],
  ['Europe/Talinn', 'Europe/Tallinn'],
])('%s may have meant %s', (name, zone) => {
  expect(suggestZones(name)).toContain(zone)
})

test('of what is like nothing nothing is said', () => {
  expect(suggestZones('xyzzyxyzzy')).toEqual([])
})
