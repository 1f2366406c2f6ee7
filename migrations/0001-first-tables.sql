-- The store's first tables. Bodies that only code reads are jsonb; what is looked up or counted has a column.

create table cycles (
  id          text primary key,
  workspace   text not null,
  as_of       date not null,
  state       text not null check (state in ('planned', 'scanning', 'judging', 'done', 'failed')),
  trigger     text not null,
  seed        bigint not null,
  summary     jsonb not null,
  data_until  jsonb not null,
  withheld    jsonb not null,
  error       text,
  created_at  timestamptz(3) not null default now(),
  finished_at timestamptz(3)
);
create index cycles_newest on cycles (workspace, as_of desc, created_at desc);

-- Somebody, or a schedule, asked for a cycle and for digests of it. Open ones are found again when a queue has lost its jobs.
create table cycle_requests (
  id          text primary key,
  workspace   text not null,
  trigger     text not null,
  as_of       date,
  seed        bigint,
  teams       jsonb not null,
  state       text not null check (state in ('waiting', 'planned', 'done', 'failed')),
  cycle_id    text references cycles on delete set null,
  error       text,
  created_at  timestamptz(3) not null default now(),
  finished_at timestamptz(3)
);
create index cycle_requests_open on cycle_requests (workspace, created_at) where state in ('waiting', 'planned');
create index cycle_requests_of_cycle on cycle_requests (cycle_id);

create table scans (
  cycle_id     text not null references cycles on delete cascade,
  id           text not null,
  workspace    text not null,
  position     integer not null,
  state        text not null check (state in ('open', 'done', 'failed')),
  body         jsonb not null,
  reason       text,
  queries      integer not null default 0,
  series       integer not null default 0,
  warehouse_ms double precision not null default 0,
  detect_ms    double precision not null default 0,
  finished_at  timestamptz(3),
  primary key (cycle_id, id)
);
create index scans_open on scans (cycle_id, position) where state = 'open';

create table verdicts (
  cycle_id       text not null,
  scan_id        text not null,
  position       integer not null,
  workspace      text not null,
  hypothesis_key text not null,
  status         text not null check (status in ('tested', 'untestable')),
  p_value        double precision,
  body           jsonb not null,
  primary key (cycle_id, scan_id, position),
  foreign key (cycle_id, scan_id) references scans on delete cascade
);

create table findings (
  cycle_id  text not null references cycles on delete cascade,
  key       text not null,
  workspace text not null,
  as_of     date not null,
  -- The cycle's created_at: orders two cycles of one day.
  cycle_at  timestamptz(3) not null,
  rank      integer not null,
  state     text not null,
  metric    text not null,
  body      jsonb not null,
  primary key (cycle_id, key)
);
create index findings_latest on findings (workspace, key, as_of desc, cycle_at desc);

create table evidence (
  cycle_id    text not null references cycles on delete cascade,
  finding_key text not null,
  workspace   text not null,
  gathered_at timestamptz(3) not null,
  body        jsonb not null,
  primary key (cycle_id, finding_key)
);
create index evidence_latest on evidence (workspace, finding_key, gathered_at desc);

create table reruns (
  id          bigint generated always as identity primary key,
  workspace   text not null,
  finding_key text not null,
  ran_at      timestamptz(3) not null,
  body        jsonb not null
);
create index reruns_latest on reruns (workspace, finding_key, ran_at desc);

create table digests (
  id           text primary key,
  workspace    text not null,
  team         text not null,
  cycle_id     text not null references cycles on delete cascade,
  subject      text not null,
  html         text not null,
  text         text not null,
  images       jsonb not null,
  finding_keys jsonb not null,
  created_at   timestamptz(3) not null default now()
);
create index digests_newest on digests (workspace, created_at desc);

create table deliveries (
  digest_id   text not null references digests on delete cascade,
  recipient   text not null,
  workspace   text not null,
  state       text not null check (state in ('open', 'sending', 'sent', 'failed')),
  attempts    integer not null default 0,
  error       text,
  claimed_at  timestamptz(3),
  finished_at timestamptz(3),
  primary key (digest_id, recipient)
);
create index deliveries_open on deliveries (workspace) where state in ('open', 'sending');

create table questions (
  id              text primary key,
  workspace       text not null,
  question        text not null,
  context         text,
  idempotency_key text,
  asked_by        text,
  reply_to        text,
  state           text not null check (state in ('queued', 'running', 'done', 'failed')),
  progress        jsonb,
  answer          jsonb,
  error           text,
  created_at      timestamptz(3) not null default now(),
  updated_at      timestamptz(3) not null default now(),
  unique (workspace, idempotency_key)
);
create index questions_open on questions (workspace, created_at) where state in ('queued', 'running');

create table feedback (
  id          bigint generated always as identity primary key,
  workspace   text not null,
  finding_key text not null,
  label       text not null,
  given_by    text not null,
  note        text,
  created_at  timestamptz(3) not null default now(),
  undone_at   timestamptz(3)
);
create index feedback_newest on feedback (workspace, created_at desc) where undone_at is null;

-- One row a tick of a schedule: whoever inserts it does the work.
create table ticks (
  workspace  text not null,
  schedule   text not null,
  at         timestamptz(3) not null,
  claimed_at timestamptz(3) not null default now(),
  primary key (workspace, schedule, at)
);
