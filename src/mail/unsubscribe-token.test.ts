import { expect, test } from 'vitest'
import { readUnsubscribe, signUnsubscribe } from './unsubscribe-token.ts'

const subscription = { workspace: 'acme', team: 'growth & co', recipient: 'änn+x@acme.test' }

test('a token says who leaves what, and is safe in an address', () => {
  const token = signUnsubscribe(subscription, 'secret')
  expect(encodeURIComponent(token)).toBe(token)
  expect(readUnsubscribe(token, 'secret')).toEqual(subscription)
})

test('a token of another secret, a changed one and nonsense are refused', () => {
  const token = signUnsubscribe(subscription, 'secret')
  const [payload, signature] = token.split('.')
  const forged = Buffer.from(JSON.stringify(['acme', 'growth', 'bob@acme.test'])).toString('base64url')
  expect(readUnsubscribe(token, 'other')).toBeUndefined()
  expect(readUnsubscribe(`${forged}.${signature}`, 'secret')).toBeUndefined()
  expect(readUnsubscribe(`${payload}.`, 'secret')).toBeUndefined()
  expect(readUnsubscribe('nonsense', 'secret')).toBeUndefined()
  expect(readUnsubscribe('', 'secret')).toBeUndefined()
})
