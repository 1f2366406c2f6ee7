-- How often each cell of the plan was tested in a cycle, and how often what it asked was told: the priors of later plans.
create table trials (
  cycle_id  text not null references cycles on delete cascade,
  workspace text not null,
  as_of     date not null,
  template  text not null,
  model     text not null,
  metric    text not null,
  -- Sorted names, as JSON.
  fields    text not null,
  tested    integer not null,
  told      integer not null,
  primary key (cycle_id, template, model, metric, fields)
);
create index trials_newest on trials (workspace, as_of desc);
