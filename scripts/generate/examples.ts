import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type Case, readCases } from '../../test/support/case';
import { SIGN_IN_FILE, type SignInFlow } from '../../test/support/sign-in-flow';
import type { Example } from './reference';

/** Returns an example for each command: the shortest case in the sandbox with a result, or its step of the sign-in. */
export function readExamples(): Map<string, Example> {
  const usable = readCases()
    .filter(isPlain)
    .sort((one, other) => lengthOf(one) - lengthOf(other));
  const examples = new Map<string, Example>();
  for (const one of usable)
    if (!examples.has(one.command)) examples.set(one.command, { line: lineOf(one), table: tableOf(one) });
  const signIn = parse(readFileSync(SIGN_IN_FILE, 'utf8')) as SignInFlow;
  for (const [command, text] of Object.entries(signIn))
    examples.set(command, { line: `!${command}`, table: text });
  return examples;
}

/** A case that a reader can repeat with `--sandbox`. */
function isPlain({ name, args, params, faults, responses, expect }: Case): boolean {
  const [entry] = expect.entries;
  const isFound = /(found|rated)$/.test(name) && expect.entries.length === 1 && entry?.context != null;
  const isReadable = args !== undefined && !('odata' in args);
  return isFound && isReadable && [params, faults, responses].every((part) => part === undefined);
}

/** Short tables come first, then long ones, which are cut; a result without a table comes last. */
function lengthOf(one: Case): number {
  const rows = tableOf(one)
    .split('\n')
    .filter((line) => line.startsWith('|')).length;
  const unusual = /[^\x20-\x7e]|hxx|\[/.test(lineOf(one)) ? 20 : 0;
  return unusual + (rows >= 3 && rows <= 8 ? rows : 100 - Math.min(rows, 50));
}

function tableOf({ expect }: Case): string {
  return expect.entries[0]?.table ?? '';
}

function lineOf({ command, args = {} }: Case): string {
  const words = Object.entries(args).map(([name, value]) => `${name}=${quoted(String(value))}`);
  return [`!${command}`, ...words].join(' ');
}

function quoted(value: string): string {
  return /^[\w.:/=+-]+$/.test(value) ? value : JSON.stringify(value);
}
