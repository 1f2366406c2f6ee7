-- What a reader's word is about, so that it is heard of related findings, too; what a mute covers, and its last day.
alter table feedback add column about jsonb;
alter table feedback add column scope text;
alter table feedback add column until date;
update feedback set about = (
  select body from findings where findings.workspace = feedback.workspace and findings.key = feedback.finding_key
  order by as_of desc, cycle_at desc limit 1
);
