import { PluginError } from '../../../base/errors';
import { quoted } from '../../../base/sanitize';
import { readDuration } from '../../../config/times-to-live';
import type { FormatName } from '../../../enrich/formats/format';
import type { ParamSource } from '../local-services';

/** The words and options of `mdti enrich`. */
export interface EnrichCall extends ParamSource {
  readonly words: readonly string[];
  readonly options: {
    readonly column: string | undefined;
    readonly out: string | undefined;
    readonly output: FormatName | undefined;
    readonly 'max-age': string | undefined;
    readonly fresh: boolean | undefined;
    readonly rate: string | undefined;
    readonly queue: string | undefined;
    readonly tenant: string | undefined;
    readonly folder: string | undefined;
    readonly every: string | undefined;
    readonly quiet: boolean;
  };
}

/** The format of the output: `-o`, else CSV for a file whose name ends in `.csv`, else NDJSON. */
export function formatOf({ options: { out, output } }: EnrichCall): FormatName {
  return output ?? (out?.toLowerCase().endsWith('.csv') ? 'csv' : 'ndjson');
}

/** The option that requests newer responses, as typed. */
export function renewalOf({ options }: EnrichCall): string | undefined {
  return options.fresh === true ? '--fresh' : options['max-age'] === undefined ? undefined : '--max-age';
}

/** Milliseconds; undefined without the option. @throws PluginError ARGUMENT_INVALID for text that is not a duration */
export function readTime(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const duration = readDuration(text);
  if (duration !== undefined) return duration;
  throw new PluginError('ARGUMENT_INVALID', `--${option}: ${quoted(text)} is not a duration.`, {
    hint: 'Use a number and a unit: 90s, 30m, 12h or 7d.',
  });
}
