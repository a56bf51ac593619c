import { examine } from '../doctor/examine';
import type { Finding, Verdict } from '../doctor/finding';
import { quoted } from '../text';
import { interruptible } from './interruptible';
import { ownPorts, type Source } from './ports';

const MARKS: Readonly<Record<Verdict, string>> = { ok: 'ok  ', warn: 'WARN', fail: 'FAIL', skip: '-   ' };

/** `mdti doctor`: the way in, step by step, as each is known; status 1 where one of them fails. */
export function doctor(source: Source): Promise<number> {
  return interruptible(async (signal) => {
    let status = 0;
    for await (const finding of examine({ ...ownPorts(source), environment: process.env, signal })) {
      process.stdout.write(line(finding));
      if (finding.verdict === 'fail') status = 1;
    }
    return status;
  });
}

function line({ step, verdict, says, mend }: Finding): string {
  const seen = `${MARKS[verdict]}  ${step.padEnd(13)}  ${quoted(says)}\n`;
  return mend === undefined ? seen : `${seen}${' '.repeat(21)}${quoted(mend)}\n`;
}
