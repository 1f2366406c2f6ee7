import { expect, test } from 'vitest'
import { maskSecrets } from './mask-secrets.ts'

test('passwords and keys are struck out, and places stay what they are', () => {
  const text = 'store: postgres://ann:pw@db/x?sslpassword=pw\nllm: { apiKey: "key", model: m }\n'
  expect(maskSecrets(text)).toBe('store: postgres://******@db/x?**************\nllm: { apiKey: *****, model: m }\n')
  expect(maskSecrets(text)).toHaveLength(text.length)
})

test('a password with `/` or `@` in it leaves no part', () => {
  expect(maskSecrets('store: postgres://u:p/w@h/db')).toBe('store: postgres://*****@h/db')
  expect(maskSecrets('smtp: "smtp://u:p@ss@h"')).toBe('smtp: "smtp://******@h"')
})

test('a name of the environment is no secret', () => {
  const text = `apiKey: "\${LLM_API_KEY}"`
  expect(maskSecrets(text)).toBe(text)
})
