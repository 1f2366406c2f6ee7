-- Explorations that somebody wants to hear of: each is a hypothesis of every cycle.
create table watches (
  id          text primary key,
  workspace   text not null,
  title       text not null,
  exploration text not null,
  created_by  text not null,
  created_at  timestamptz(3) not null default now()
);
create index watches_newest on watches (workspace, created_at desc);
