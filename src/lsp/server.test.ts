import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createConnection, ProposedFeatures, type PublishDiagnosticsParams } from 'vscode-languageserver/node'
import { languageContext } from '../../tests/fixtures/language-catalog.ts'
import { startLanguageServer } from './server.ts'

/** The editor's end of a real connection. */
const [toServer, toEditor] = [new PassThrough(), new PassThrough()]
const editor = createConnection(ProposedFeatures.all, toEditor, toServer)
const uri = 'file:///team/signups.hunch'
const waiting: ((params: PublishDiagnosticsParams) => void)[] = []
let done: Promise<void>

/** Opens or changes the document and gives the diagnostics that come back. */
function write(text: string, version: number): Promise<PublishDiagnosticsParams> {
  const answer = new Promise<PublishDiagnosticsParams>((resolve) => waiting.push(resolve))
  const sent =
    version === 1
      ? editor.sendNotification('textDocument/didOpen', {
          textDocument: { uri, languageId: 'hunch', version, text },
        })
      : editor.sendNotification('textDocument/didChange', {
          textDocument: { uri, version },
          contentChanges: [{ text }],
        })
  return sent.then(() => answer)
}

beforeAll(async () => {
  const server = createConnection(ProposedFeatures.all, toServer, toEditor)
  done = startLanguageServer(server, (asked) => (asked.endsWith('.hunch') ? languageContext : undefined))
  editor.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) =>
    waiting.shift()?.(params),
  )
  editor.listen()
  const { capabilities } = await editor.sendRequest<{ capabilities: object }>('initialize', {
    processId: null,
    rootUri: null,
    capabilities: {},
  })
  expect(capabilities).toMatchObject({ hoverProvider: true, documentFormattingProvider: true })
})

afterAll(async () => {
  await editor.sendRequest('shutdown')
  await editor.sendNotification('exit')
  await done
})

test('a mistake is told at its place, with a quick fix that mends it', async () => {
  const { diagnostics } = await write('from accounts\nshow name\n', 1)
  expect(diagnostics).toMatchObject([{ code: 'unknown-model', severity: 1, range: { start: { line: 0 } } }])
  const actions = await editor.sendRequest<readonly object[]>('textDocument/codeAction', {
    textDocument: { uri },
    range: diagnostics[0]!.range,
    context: { diagnostics },
  })
  expect(actions).toMatchObject([
    { kind: 'quickfix', isPreferred: true, edit: { changes: { [uri]: [{ newText: 'from account' }] } } },
  ])
})

test('names are completed from the catalog, and told under the pointer', async () => {
  const { diagnostics } = await write('from account\nwhere pl', 2)
  expect(diagnostics).toMatchObject([{ code: 'unknown-name' }])
  const items = await editor.sendRequest<readonly object[]>('textDocument/completion', {
    textDocument: { uri },
    position: { line: 1, character: 8 },
  })
  expect(items).toMatchObject([
    { label: 'plan', textEdit: { newText: 'plan' } },
    { label: 'plan_at' },
    { label: 'plan_changes' },
  ])
  const told = await editor.sendRequest('textDocument/hover', {
    textDocument: { uri },
    position: { line: 0, character: 7 },
  })
  expect(told).toMatchObject({ contents: { value: '**Account**' } })
})

test('a text is written as the formatter does', async () => {
  await write("from account\nwhere plan='pro'   # paying", 3)
  const edits = await editor.sendRequest<readonly object[]>('textDocument/formatting', {
    textDocument: { uri },
    options: { tabSize: 2, insertSpaces: true },
  })
  expect(edits).toMatchObject([{ newText: 'from account\nwhere plan = "pro" # paying\n' }])
})
