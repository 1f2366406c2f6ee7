-- Who left a team's digest by the link in its mail. A member is subscribed unless there is a row here.
create table unsubscribed (
  workspace text not null,
  team      text not null,
  recipient text not null,
  left_at   timestamptz(3) not null default now(),
  primary key (workspace, team, recipient)
);

-- What signs the links that leave in mail. Made on first use, the same for all replicas.
create table link_secrets (
  workspace text primary key,
  secret    text not null
);
