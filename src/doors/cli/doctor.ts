import { toPluginError } from '../../base/errors';
import { VERSION } from '../../base/version';
import type { CheckResult } from '../../doctor/check-result';
import type { ProbeResult } from '../../doctor/probes';
import { type DoctorOptions, runChecks, runProbes } from '../../doctor/run-checks';
import { withSignals } from '../io/signals';
import { writeStdout } from '../io/stdout';
import { checkLine } from './check-line';
import { localServices, type ParamSource } from './local-services';
import type { CommandWords } from './own-words';
import { jsonOrPart } from './plain-text';

type DoctorCall = ParamSource & {
  readonly options?: Readonly<Record<string, unknown>>;
};

/**
 * `mdti doctor`: the checks of a sign-in, each printed when it is done; with `--probe` then what this tenant does with query options.
 * Status 1 if a check fails.
 */
export function doctor({ options = {}, ...source }: DoctorCall): Promise<number> {
  const query = options.query as string | undefined;
  const [isProbing, json] = [options.probe === true, options.json === true || query !== undefined];
  return withSignals((signal) => work(signal).catch((error: unknown) => interrupted(error, signal)));

  async function work(signal: AbortSignal): Promise<number> {
    const doctorOptions = { ...localServices(source), environment: process.env, signal };
    const checks = await printChecks(doctorOptions, {
      ...source,
      sandbox: source.overrides !== undefined,
      isQuiet: json,
    });
    const hasFailed = checks.some(({ status }) => status === 'fail');
    const isProbed = isProbing && !hasFailed;
    const probed = isProbed ? await probe(doctorOptions, json) : [];
    // The messages of the checks name the tenant and the application: a report that is shared has their status only.
    const report = {
      version: VERSION,
      checks: checks.map(({ check, status }) => ({ check, status })),
      probes: probed,
    };
    if (json) await writeStdout(await jsonOrPart(report, query), signal);
    return hasFailed ? 1 : 0;
  }
}

interface Printing extends CommandWords {
  readonly isQuiet?: boolean;
}

/** Runs the checks, and prints each when it is done, unless `isQuiet`. */
export async function printChecks(
  options: DoctorOptions,
  { isQuiet, ...words }: Printing,
): Promise<CheckResult[]> {
  const checks: CheckResult[] = [];
  for await (const result of runChecks(options)) {
    checks.push(result);
    if (!isQuiet) await writeStdout(`${checkLine(result, words)}\n`, options.signal);
  }
  return checks;
}

/** Prints why the checks ended early. @throws any error that is not an interruption */
function interrupted(error: unknown, signal: AbortSignal): number {
  if (!signal.aborted) throw error;
  process.stderr.write(`${toPluginError(error).message}\n`);
  return 1;
}

async function probe(options: DoctorOptions, isQuiet: boolean): Promise<ProbeResult[]> {
  const results: ProbeResult[] = [];
  for await (const result of runProbes(options)) {
    results.push(result);
    if (!isQuiet) await writeStdout(`${probeLine(result)}\n`, options.signal);
  }
  return results;
}

/** Returns the lines for a probe: the request, the response, and the effect on the integration. */
function probeLine({ probe: name, request, outcome, found, effect }: ProbeResult): string {
  const below = [request, ...(effect === 'none' ? [] : [effect])];
  const line = `${outcome.padEnd(8)}  ${name.padEnd(28)}  ${found}`;
  return [line, ...below.map((text) => `${' '.repeat(40)}${text}`)].join('\n');
}
