import type { enrichVerb } from '../../src/doors/cli/enrich/enrich';

export type EnrichCall = Parameters<typeof enrichVerb>[0];

/** `mdti enrich` without any option. */
export const NO_OPTIONS: EnrichCall['options'] = {
  column: undefined,
  out: undefined,
  output: undefined,
  'max-age': undefined,
  fresh: undefined,
  rate: undefined,
  queue: undefined,
  tenant: undefined,
  folder: undefined,
  every: undefined,
  quiet: false,
};
