-- Keys of the HTTP API. Only a hash is kept: a key is shown once, when it is made.
create table api_keys (
  id           text primary key,
  workspace    text not null,
  name         text not null,
  hash         text not null,
  scopes       jsonb not null,
  created_at   timestamptz(3) not null default now(),
  last_used_at timestamptz(3),
  revoked_at   timestamptz(3)
);
create index api_keys_of_workspace on api_keys (workspace, created_at) where revoked_at is null;
