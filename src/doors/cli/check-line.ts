import { sanitize } from '../../base/sanitize';
import type { CheckResult, CheckStatus } from '../../doctor/check-result';
import { type CommandWords, inCommandLineWords } from './own-words';

const MARKS: Readonly<Record<CheckStatus, string>> = { ok: 'ok  ', warn: 'WARN', fail: 'FAIL', skip: '-   ' };

/** Columns of the name of a check. */
const NAME = 13;

/** A check as lines of text: its mark, its name where it has one, what it found, and below it what to do. */
export function checkLine(
  { check, status, message, fix }: Omit<CheckResult, 'check'> & { readonly check?: string },
  words: CommandWords = {},
): string {
  const name = check === undefined ? '' : `${check.padEnd(NAME)}  `;
  const line = `${MARKS[status]}  ${name}${inCommandLineWords(sanitize(message), words)}`;
  return fix === undefined
    ? line
    : `${line}\n${' '.repeat(6 + name.length)}${inCommandLineWords(sanitize(fix), words)}`;
}
