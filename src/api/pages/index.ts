import { askPage } from './ask.ts'
import { catalogPage } from './catalog.ts'
import { cyclePage } from './cycle.ts'
import { cyclesPage } from './cycles.ts'
import { digestMail, digestPage } from './digest.ts'
import { digestsPage } from './digests.ts'
import { evidencePage } from './evidence.ts'
import { explorePage } from './explore.ts'
import { feedbackForm, feedbackPage, undoFeedbackForm } from './feedback.ts'
import { inboxPage } from './inbox.ts'
import { loginForm, loginPage, logoutForm } from './login.ts'
import { outboxFile, outboxPage } from './outbox.ts'
import type { Page } from './page.ts'
import { rerunForm } from './rerun.ts'
import { settingsPage } from './settings.ts'
import { unsubscribeForm, unsubscribePage } from './unsubscribe.ts'
import { stopWatchForm, watchesPage, watchForm } from './watches.ts'

/** Every page and every form. */
export const pages: readonly Page[] = [
  inboxPage,
  evidencePage,
  rerunForm,
  feedbackForm,
  feedbackPage,
  undoFeedbackForm,
  explorePage,
  askPage,
  watchesPage,
  watchForm,
  stopWatchForm,
  cyclesPage,
  cyclePage,
  digestsPage,
  digestPage,
  digestMail,
  outboxPage,
  outboxFile,
  catalogPage,
  settingsPage,
  unsubscribePage,
  unsubscribeForm,
  loginPage,
  loginForm,
  logoutForm,
]
