-- A recipient who left between composing and sending: nothing was sent, and nothing failed.
alter table deliveries
  drop constraint deliveries_state_check,
  add constraint deliveries_state_check check (state in ('open', 'sending', 'sent', 'failed', 'skipped'));
