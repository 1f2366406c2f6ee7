-- Hypotheses of a scan that were not asked, because their slices have too few rows or are their parent under another name.
alter table scans add column left_out integer not null default 0;
