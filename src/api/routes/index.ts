import type { Route } from '../route.ts'
import { askQuestion } from './ask-question.ts'
import { checkExploration } from './check-exploration.ts'
import { completeExploration } from './complete-exploration.ts'
import { describeExploration } from './describe-exploration.ts'
import { getCatalog } from './get-catalog.ts'
import { getCycle } from './get-cycle.ts'
import { getDigest } from './get-digest.ts'
import { getEvidence } from './get-evidence.ts'
import { getFinding } from './get-finding.ts'
import { getQuestion } from './get-question.ts'
import { giveFeedback } from './give-feedback.ts'
import { health } from './health.ts'
import { listFeedback } from './list-feedback.ts'
import { listFindings } from './list-findings.ts'
import { listWatches } from './list-watches.ts'
import { metrics } from './metrics.ts'
import { openApi } from './open-api.ts'
import { questionEvents } from './question-events.ts'
import { readiness } from './readiness.ts'
import { rerunFinding } from './rerun-finding.ts'
import { runExploration } from './run-exploration.ts'
import { searchCatalog } from './search-catalog.ts'
import { startCycle } from './start-cycle.ts'
import { stopWatch } from './stop-watch.ts'
import { subscribe } from './subscribe.ts'
import { undoFeedback } from './undo-feedback.ts'
import { unsubscribe } from './unsubscribe.ts'
import { watch } from './watch.ts'

/** Every call of the HTTP API, in the order in which its document lists them. */
export const routes: readonly Route[] = [
  askQuestion,
  getQuestion,
  questionEvents,
  runExploration,
  checkExploration,
  describeExploration,
  completeExploration,
  listFindings,
  getFinding,
  getEvidence,
  giveFeedback,
  listFeedback,
  undoFeedback,
  rerunFinding,
  watch,
  listWatches,
  stopWatch,
  startCycle,
  getCycle,
  getCatalog,
  searchCatalog,
  getDigest,
  subscribe,
  unsubscribe,
  health,
  readiness,
  metrics,
  openApi,
]
