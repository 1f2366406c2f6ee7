import {
  type CodeAction,
  CodeActionKind,
  type CompletionItem,
  CompletionItemKind,
  DiagnosticSeverity,
  type Diagnostic as ProtocolDiagnostic,
  type Range,
} from 'vscode-languageserver'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import type { Diagnostic, Span } from '../base/diagnostic.ts'
import type { Completion } from '../dsl/assist/complete.ts'

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
} as const

const kinds = {
  step: CompletionItemKind.Keyword,
  model: CompletionItemKind.Class,
  metric: CompletionItemKind.Constant,
  field: CompletionItemKind.Field,
  relation: CompletionItemKind.Reference,
  function: CompletionItemKind.Function,
  value: CompletionItemKind.Value,
  word: CompletionItemKind.Keyword,
} as const satisfies Record<Completion['kind'], CompletionItemKind>

export const toRange = (document: TextDocument, { start, end }: Span): Range => ({
  start: document.positionAt(start),
  end: document.positionAt(end),
})

/** A diagnostic without a place stands at the start of the text. */
export function toDiagnostic(document: TextDocument, diagnostic: Diagnostic): ProtocolDiagnostic {
  const { code, severity, message, hint, candidates, span = { start: 0, end: 0 } } = diagnostic
  const meant =
    candidates.length > 0 ? `Did you mean ${candidates.map((name) => `\`${name}\``).join(' or ')}?` : undefined
  return {
    range: toRange(document, span),
    severity: severities[severity],
    code,
    source: 'hunch',
    message: [message, hint, meant].filter((part) => part !== undefined).join('\n'),
  }
}

/** Each fix of a diagnostic as an edit; one that is the only one is preferred. */
export function toActions(document: TextDocument, diagnostic: Diagnostic): readonly CodeAction[] {
  return diagnostic.fixes.map(({ title, span, text }) => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [toDiagnostic(document, diagnostic)],
    isPreferred: diagnostic.fixes.length === 1,
    edit: { changes: { [document.uri]: [{ range: toRange(document, span), newText: text }] } },
  }))
}

/** `at` keeps the order in which they were found: editors sort by text else. */
export const toCompletionItem = (document: TextDocument, completion: Completion, at: number): CompletionItem => ({
  label: completion.label,
  kind: kinds[completion.kind],
  detail: completion.detail,
  ...(completion.about === undefined ? {} : { documentation: { kind: 'markdown', value: completion.about } }),
  sortText: String(at).padStart(4, '0'),
  textEdit: { range: toRange(document, completion.span), newText: completion.text },
})
