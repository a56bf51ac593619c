import { sanitize } from '../../base/sanitize';
import type { CheckResult, CheckStatus } from '../../doctor/check-result';
import { runChecks } from '../../doctor/run-checks';
import { withSignals } from '../io/signals';
import { localServices, type ParamSource } from './local-services';

const MARKS: Readonly<Record<CheckStatus, string>> = { ok: 'ok  ', warn: 'WARN', fail: 'FAIL', skip: '-   ' };

/** `mdti doctor`: the way in, check by check, as each is known; status 1 where one of them fails. */
export function doctor(source: ParamSource): Promise<number> {
  return withSignals(async (signal) => {
    let status = 0;
    for await (const finding of runChecks({ ...localServices(source), environment: process.env, signal })) {
      process.stdout.write(line(finding));
      if (finding.status === 'fail') status = 1;
    }
    return status;
  });
}

function line({ check, status, message, fix }: CheckResult): string {
  const seen = `${MARKS[status]}  ${check.padEnd(13)}  ${sanitize(message)}\n`;
  return fix === undefined ? seen : `${seen}${' '.repeat(21)}${sanitize(fix)}\n`;
}
