import { PluginError } from '../../../base/errors';
import { quoted } from '../../../base/sanitize';
import { processLog } from '../local-services';
import { type EnrichCall, formatOf, readTime, renewalOf } from './enrich-call';
import { inputFile, openSource } from './source';

/** Milliseconds. */
const SHORTEST_PERIOD = 60_000;

/** `--queue`: the workers do the work; this process stores the list, waits, and writes the rows. */
export async function enrichOverQueue(call: EnrichCall, queue: string, signal: AbortSignal): Promise<number> {
  const { out, tenant = 'default', folder, fresh } = call.options;
  if (out === undefined)
    throw new PluginError('INVOCATION_UNREADABLE', '--queue needs --out FILE.', {
      hint: 'The job continues after this command exits. Add `--out rows.ndjson`.',
    });
  const maxAge = fresh === true ? 0 : readTime('max-age', call.options['max-age']);
  const period = readTime('every', call.options.every);
  const open = async () => (await openSource(call.words, call.options.column, signal)).rows;
  const log = processLog(call.logLevel);
  const options = { queue, tenant, out, folder, format: formatOf(call), log };
  if (period === undefined) {
    const notBefore = maxAge === undefined ? undefined : Date.now() - maxAge;
    const { submitAndWait } = await import('../../queue/submit');
    const renewal = renewalOf(call);
    const end = await submitAndWait(await open(), { ...options, notBefore, renewal }, signal);
    if (end !== 'gone') return end;
    process.stderr.write('Run the same command to submit it again.\n');
    return 1;
  }
  const file = inputFile(call.words);
  if (file === undefined || period < SHORTEST_PERIOD)
    throw new PluginError(
      'INVOCATION_UNREADABLE',
      file === undefined
        ? '--every needs a file: stdin can be read once.'
        : `--every: ${quoted(String(call.options.every))} is too short.`,
      { hint: 'Write `mdti enrich list.txt --queue nightly --out rows.ndjson --every 24h`.' },
    );
  const { enrichPeriodically } = await import('../../queue/periodic');
  return enrichPeriodically(open, options, period, signal);
}
