-- A language model is asked for hypotheses once for each day that is judged: what it was asked, what was refused and why, what it took.
create table suggestion_rounds (
  workspace  text not null,
  as_of      date not null,
  body       jsonb not null,
  created_at timestamptz(3) not null default now(),
  primary key (workspace, as_of)
);
-- What was accepted; cycles of later days ask it again for a while.
create table suggestions (
  workspace    text not null,
  suggested_on date not null,
  -- Identity of the question.
  key          text not null,
  position     integer not null,
  exploration  text not null,
  primary key (workspace, suggested_on, key),
  foreign key (workspace, suggested_on) references suggestion_rounds (workspace, as_of) on delete cascade
);
