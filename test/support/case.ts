import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isMap, isScalar, isSeq, parse, parseDocument, visit } from 'yaml';
import type { JsonObject } from '../../src/base/json';
import type { Faults, Mood } from '../../src/sandbox';

export const CASES = join(__dirname, '../../test_data/cases');
export const WORLD = join(__dirname, '../../test_data/world');

/** One response of a scripted Graph. */
export interface ScriptedResponse {
  /** `GET /hosts/contoso.com`, below Graph's threat intelligence path. Each response is sent once, in this order. */
  readonly request: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is sent unchanged, anything else as JSON; `{origin}` becomes the server's own origin. */
  readonly body?: unknown;
}

/** One expected entry: an error's text, or the parts of a result (see `expectation.ts` for the short forms). */
export interface ExpectedEntry {
  readonly error?: string;
  readonly table?: string;
  readonly contents?: unknown;
  readonly context?: Readonly<Record<string, unknown>> | null;
}

export interface Expectation {
  /** The requests that reach Graph, sorted; those inside a batch are listed beside it. */
  readonly requests: readonly string[];
  readonly entries: readonly ExpectedEntry[];
  readonly errors?: readonly { readonly code: string }[];
  readonly incidents?: readonly unknown[];
  readonly lastRun?: JsonObject;
}

/**
 * A file `test_data/cases/<command>/<route>-<outcome>.yml`: what `mdti run` reads, what Graph does, and what a user gets.
 * Graph is the sandbox, with `faults`, or plays `responses`.
 */
export interface Case {
  readonly command: string;
  readonly name: string;
  readonly file: string;
  readonly description: string;
  readonly args?: JsonObject;
  readonly params?: JsonObject;
  readonly lastRun?: JsonObject;
  readonly faults?: Partial<Faults>;
  readonly responses?: readonly ScriptedResponse[];
  readonly expect: Expectation;
  /** What the case shows where Graph treats query options in another way; the same rows unless it is here. */
  readonly moods?: Moods;
}

/** By mood: the error, or the ids of the rows and the sentences that no other mood shows. */
export type Moods = Readonly<Partial<Record<Mood, MoodOutcome>>>;

export type MoodOutcome =
  | { readonly error: string }
  | { readonly rows: unknown; readonly says?: readonly string[] };

export function readCases(): Case[] {
  return readdirSync(CASES)
    .sort()
    .flatMap((command) =>
      readdirSync(join(CASES, command))
        .sort()
        .map((file) => readCase(command, basename(file, '.yml'))),
    );
}

export function readCase(command: string, name: string): Case {
  const file = join(CASES, command, `${name}.yml`);
  return { ...parse(readFileSync(file, 'utf8')), command, name, file };
}

/** Replaces the expectations in a case's file and leaves the rest of it, comments included, unchanged. */
export function writeExpectation(
  { file }: Pick<Case, 'file'>,
  expectation: Expectation,
  moods: Moods | undefined,
): void {
  const document = parseDocument(readFileSync(file, 'utf8'));
  document.set('expect', document.createNode(expectation));
  if (moods === undefined) document.delete('moods');
  else document.set('moods', document.createNode(moods));
  visit(document, {
    Collection(_, node) {
      if ((isMap(node) || isSeq(node)) && fitsOneLine(node.toJS(document))) node.flow = true;
    },
    Scalar(_, node) {
      if (isScalar(node) && typeof node.value === 'string' && node.value.includes('\n'))
        node.type = 'BLOCK_LITERAL';
    },
  });
  const requests = document.getIn(['expect', 'requests']);
  if (isSeq(requests) && requests.items.length > 1) requests.flow = false;
  writeFileSync(file, document.toString({ lineWidth: 0, flowCollectionPadding: true }));
}

/** Whether a collection is easier to read on one line: a short one, without long strings. */
function fitsOneLine(value: unknown): boolean {
  const text = JSON.stringify(value) ?? '';
  return text.length <= 150 && !text.includes('\\n');
}
