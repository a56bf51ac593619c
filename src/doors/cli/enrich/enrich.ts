import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../base/clock';
import { errorText, PluginError, toPluginError } from '../../../base/errors';
import type { JsonObject } from '../../../base/json';
import type { Log } from '../../../base/log';
import { quoted } from '../../../base/sanitize';
import type { RequestBudget } from '../../../budget/budget';
import { rateLimitedBudget } from '../../../budget/rate-limited-budget';
import { openDiskCache } from '../../../cache/open-disk-cache';
import { TIMES_TO_LIVE } from '../../../config/times-to-live';
import type { InstancePorts } from '../../../engine/instance-ports';
import { openBudget } from '../../../engine/open-budget';
import { checkedConfig, openTraffic, openTransport } from '../../../engine/open-services';
import { alreadyComplete, isWithoutJournal, type NothingToDo } from '../../../enrich/already-complete';
import { enrich } from '../../../enrich/enrich';
import { FORMATS } from '../../../enrich/formats/format';
import { openGraph } from '../../../enrich/open-graph';
import { type EnrichOutput, fileOutput, streamOutput } from '../../../enrich/output-file';
import {
  enrichStatus,
  rowsDone,
  rowsWithoutResult,
  type Statistics,
  summary,
  withoutResultText,
} from '../../../enrich/statistics';
import type { ClientCache } from '../../../graph/cached-client';
import { withSignals } from '../../io/signals';
import { writeData } from '../../io/stdout';
import { commandLog } from '../human-log';
import { localResponseCache, localServices } from '../local-services';
import { inCommandLineWords } from '../own-words';
import { screenOf } from '../terminal';
import { type EnrichCall, formatOf, readTime, renewalOf } from './enrich-call';
import { type Progress, showProgress } from './progress';
import { enrichReport } from './report';
import { requestCount } from './request-count';
import { countedSource, openSource, rejectInputAsOutput } from './source';

/** `mdti enrich`: rows go to stdout or a file, progress to stderr. Status 1 if the work did not finish, 3 if rows were refused or failed. */
export function enrichVerb(call: EnrichCall): Promise<number> {
  return withSignals((signal) => work(call, signal));
}

async function work(call: EnrichCall, signal: AbortSignal): Promise<number> {
  const { out, queue } = call.options;
  await rejectInputAsOutput(call.words, out);
  if (queue !== undefined) return (await import('./over-queue')).enrichOverQueue(call, queue, signal);
  for (const name of ['tenant', 'folder', 'every'] as const)
    if (call.options[name] !== undefined)
      throw new PluginError('INVOCATION_UNREADABLE', `--${name} needs --queue NAME.`, {
        hint: 'Without a queue this process does the work itself, with the parameters of its profile.',
      });
  const { input, rows: source, column: found } = await openSource(call.words, call.options.column, signal);
  if (found !== undefined && !call.options.quiet)
    process.stderr.write(
      `Reading the column ${quoted(found)} of the CSV input; --column names another one.\n`,
    );
  const { params, store, ca, allowEndpoints, log: warnings } = localServices(call);
  // The progress line shows retries, so by default the log contains only errors and the warnings about parameters.
  const isLogChosen = call.logLevel !== undefined || process.env.MDTI_LOG !== undefined;
  if (!isLogChosen) checkedConfig(params, { log: warnings, allowEndpoints });
  const maxAge = readTime('max-age', call.options['max-age']);
  const counted = countedSource(source, input.share);
  const { quiet, rate } = call.options;
  const progress = showProgress(process.stderr, {
    share: counted.share,
    limit: Number(rate) || undefined,
    hidden: quiet || (out === undefined && process.stdout.isTTY),
  });
  const log = progress.listening(isLogChosen ? warnings : commandLog('error', process.stderr));
  const run = { params, ports: { store, log, ca, allowEndpoints }, maxAge, progress, signal };
  try {
    return await enrichHere(call, counted.rows, run);
  } finally {
    progress.end();
  }
}

interface HereRun {
  readonly params: JsonObject;
  readonly ports: InstancePorts & { readonly log: Log };
  readonly maxAge: number | undefined;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Does the work in this process. */
async function enrichHere(
  call: EnrichCall,
  source: AsyncIterable<string>,
  { params, ports, maxAge, progress, signal }: HereRun,
): Promise<number> {
  const { out, quiet } = call.options;
  const format = formatOf(call);
  const { log } = ports;
  const budget = budgetOf(call.options.rate, params, log);
  progress.waitsFor(budget.opensAt);
  const requests = requestCount();
  const traffic = requests.traffic(openTraffic(openTransport(params, ports), { log, budget }));
  const runCache = openRunCache(call, params, log);
  try {
    // Parameters that make no sense fail here, before the output is created.
    openGraph(params, { ...ports, traffic });
    const sink = await openSink(call, source);
    if ('text' in sink) {
      progress.end();
      if (!quiet) process.stderr.write(sink.text);
      return sink.status;
    }
    progress.resumes(sink.done.rows);
    const reuse = {
      ...runCache.reuse,
      maxAge,
      notBefore: call.options.fresh === true ? Date.parse(sink.started) : undefined,
    };
    const { graph, lastTry } = openGraph(params, { ...ports, traffic, responseCache: reuse });
    const report = enrichReport();
    try {
      await enrich(source, FORMATS[format], sink, {
        graph: requests.client(graph),
        lastTry: requests.client(lastTry),
        signal,
        onProgress(rows) {
          progress.onRows(rows);
          report.add(rows);
        },
      });
      const tally = progress.end();
      const earlier = sink.done.withoutResult ?? 0;
      const rows = earlier + rowsWithoutResult(tally.rows);
      if (!quiet) {
        const hasFailed = tally.rows.failed > 0;
        const tables = process.stderr.isTTY ? report.text(screenOf(process.stderr)) : '';
        process.stderr.write(`${summary(tally)} ${requests.text()}\n${tables}`);
        process.stderr.write(withoutResultText({ rows, hasFailed }, out, format));
      }
      return enrichStatus(rows);
    } catch (thrown) {
      const tally = progress.end();
      const counts = quiet ? '' : `${summary(tally)} ${requests.text()}\n`;
      const words = { ...call, sandbox: call.overrides !== undefined };
      process.stderr.write(
        inCommandLineWords(counts + failureText(toPluginError(thrown), out, tally), words),
      );
      return 1;
    }
  } finally {
    runCache.close();
  }
}

/** The lines about a run that did not finish: the reason, what is saved, and what to do. */
function failureText({ code, message, hint }: PluginError, out: string | undefined, tally: Statistics) {
  const isResumable = out !== undefined && code !== 'ARGUMENT_INVALID' && rowsDone(tally) + tally.earlier > 0;
  if (!isResumable) return `${errorText({ message, hint })}\n`;
  // The advice to run the command again is given once.
  const more = /\bagain\b/.test(String(hint)) ? undefined : hint;
  const saved = `${message} The finished rows are saved in ${out}; run the same command to resume.`;
  return `${errorText({ message: saved, hint: more })}\n`;
}

/** Opens the output, unless it has all rows of the list. */
async function openSink(
  call: EnrichCall,
  source: AsyncIterable<string>,
): Promise<EnrichOutput | NothingToDo> {
  const { out } = call.options;
  const format = formatOf(call);
  const now = new Date().toISOString();
  if (out === undefined) return streamOutput(writeData, format, now);
  const findComplete = async () =>
    (await isWithoutJournal(out)) ? alreadyComplete(out, format, source, renewalOf(call)) : undefined;
  const complete = await findComplete();
  if (complete !== undefined) return complete;
  return fileOutput(out, format, now).catch(async (error) => {
    // A run that was started at the same time may have finished in the meantime.
    const completeNow = await findComplete();
    if (completeNow === undefined) throw error;
    return completeNow;
  });
}

function budgetOf(rate: string | undefined, params: JsonObject, log: Log): RequestBudget {
  const shared = openBudget(params, { clock: systemClock, log, serves: true });
  if (rate === undefined) return shared;
  const perSecond = Number(rate);
  if (!(perSecond > 0 && perSecond <= 100_000))
    throw new PluginError('ARGUMENT_INVALID', `--rate: ${quoted(rate)} is not a rate.`, {
      hint: 'Use requests per second, such as 20.',
    });
  return rateLimitedBudget(perSecond, shared, systemClock);
}

/** The response cache: this user's, or one for this run in a sandbox or if the cache is off, so that each observable is sent once. */
function openRunCache(
  call: EnrichCall,
  params: JsonObject,
  log: Log,
): { readonly reuse: ClientCache; close(): void } {
  const own = localResponseCache(call, { params, log });
  if (own !== undefined) return { reuse: own, close: () => {} };
  const folder = mkdtempSync(join(tmpdir(), 'mdti-responses-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  // A reader that closes the pipe ends the process at once.
  process.once('exit', remove);
  const reuse = { cache: openDiskCache(folder, log), times: TIMES_TO_LIVE, trustsState: true };
  return {
    reuse,
    close() {
      process.off('exit', remove);
      remove();
    },
  };
}
