-- What each cycle spent of the promised rate and found for it, and what its null replicate measured.
create table ledger (
  cycle_id        text primary key references cycles on delete cascade,
  workspace       text not null,
  as_of           date not null,
  -- Of new stories; less where tests were on data that had been tested before.
  level           double precision not null,
  discoveries     integer not null,
  discoveries_max integer not null,
  replicates      jsonb not null
);
create index ledger_newest on ledger (workspace, as_of desc);
