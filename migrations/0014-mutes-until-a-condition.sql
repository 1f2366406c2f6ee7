-- What ends a mute besides its last day: a number that what was told rises above or falls below. When it does, `until` becomes the day before.
alter table feedback add column condition jsonb;
