-- The aggregates of each period of a shared scan, with the fingerprint of the rows that they were made of.
create table kept_periods (
  workspace   text not null,
  -- Hash of what is asked.
  scan        text not null,
  period      date not null,
  fingerprint text not null,
  -- Numbers, which do not get smaller by compression.
  body        bytea not null,
  primary key (workspace, scan, period)
);
alter table kept_periods alter column body set storage external;
