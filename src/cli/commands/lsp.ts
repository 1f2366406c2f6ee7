import { basename } from 'node:path'
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node'
import { startLanguageServer } from '../../lsp/server.ts'
import type { Command } from '../command.ts'
import { createWorkspaceFinder } from '../find-workspace.ts'

export const lsp: Command = {
  name: 'lsp',
  summary: 'answer an editor over the Language Server Protocol, on standard input and output',
  arguments: [],
  options: [{ flags: '--stdio', summary: 'standard input and output, which is all there is; editors may say so' }],
  hasFormat: false,
  examples: ['hunch lsp --stdio'],
  async run({ configFile }) {
    const connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout)
    await startLanguageServer(connection, createWorkspaceFinder(basename(configFile), Date.now))
    return 0
  },
}
