import {
  type Connection,
  type InitializeResult,
  type Range,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver'
import { TextDocument } from 'vscode-languageserver-textdocument'
import type { Diagnostic, Source } from '../base/diagnostic.ts'
import { complete } from '../dsl/assist/complete.ts'
import { hover } from '../dsl/assist/hover.ts'
import { diagnose, type PlanContext } from '../dsl/plan/plan-exploration.ts'
import { format } from '../dsl/text/format.ts'
import { parse } from '../dsl/text/parse.ts'
import { toActions, toCompletionItem, toDiagnostic, toRange } from './to-protocol.ts'

/** The catalog that a file is written against; undefined where there is none, or none that can be read. */
export type FindContext = (uri: string) => PlanContext | undefined

const capabilities: InitializeResult['capabilities'] = {
  textDocumentSync: TextDocumentSyncKind.Incremental,
  completionProvider: { triggerCharacters: ['.', '"', '('] },
  hoverProvider: true,
  documentFormattingProvider: true,
  codeActionProvider: { codeActionKinds: ['quickfix'] },
}

const sourceOf = (document: TextDocument): Source => ({ name: document.uri, text: document.getText() })

/** Without a catalog only the form can be judged. */
function findMistakes(document: TextDocument, context: PlanContext | undefined): readonly Diagnostic[] {
  const source = sourceOf(document)
  return context ? diagnose(source, context) : parse(source.text, source.name).diagnostics
}

const touches = (document: TextDocument, { span }: Diagnostic, { start, end }: Range): boolean =>
  span !== undefined && span.start <= document.offsetAt(end) && document.offsetAt(start) <= span.end

/**
 * Answers one editor over `connection`: diagnostics as somebody writes, quick fixes, completion from the catalog, hover with the plain
 * sentence, formatting. Resolves when the editor has closed the connection.
 */
export function startLanguageServer(connection: Connection, findContext: FindContext): Promise<void> {
  const documents = new TextDocuments(TextDocument)
  const publish = (document: TextDocument) =>
    connection.sendDiagnostics({
      uri: document.uri,
      version: document.version,
      diagnostics: findMistakes(document, findContext(document.uri)).map((one) => toDiagnostic(document, one)),
    })
  connection.onInitialize(() => ({ capabilities, serverInfo: { name: 'hunch' } }))
  documents.onDidChangeContent(({ document }) => publish(document))
  documents.onDidClose(({ document: { uri } }) => connection.sendDiagnostics({ uri, diagnostics: [] }))
  connection.onDidChangeWatchedFiles(() => Promise.all(documents.all().map(publish)).then(() => undefined))
  connection.onCompletion(({ textDocument, position }) => {
    const document = documents.get(textDocument.uri)
    const context = document && findContext(document.uri)
    if (!document || !context) return []
    return complete(sourceOf(document), document.offsetAt(position), context).map((one, at) =>
      toCompletionItem(document, one, at),
    )
  })
  connection.onHover(({ textDocument, position }) => {
    const document = documents.get(textDocument.uri)
    const context = document && findContext(document.uri)
    const found = document && context && hover(sourceOf(document), document.offsetAt(position), context)
    return found
      ? { contents: { kind: 'markdown', value: found.text }, range: toRange(document, found.span) }
      : undefined
  })
  connection.onDocumentFormatting(({ textDocument }) => {
    const document = documents.get(textDocument.uri)
    const parsed = document && parse(document.getText(), document.uri)
    if (!document || !parsed?.ok) return []
    const whole = toRange(document, { start: 0, end: document.getText().length })
    return [{ range: whole, newText: format(parsed.value) }]
  })
  connection.onCodeAction(({ textDocument, range }) => {
    const document = documents.get(textDocument.uri)
    if (!document) return []
    return findMistakes(document, findContext(document.uri))
      .filter((one) => touches(document, one, range))
      .flatMap((one) => toActions(document, one))
  })
  documents.listen(connection)
  return new Promise((resolve) => {
    connection.onExit(() => resolve())
    connection.listen()
  })
}
