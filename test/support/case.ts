import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Faults } from '../../src/sandbox';

export const CASES = join(__dirname, '../../test_data/cases');
export const WORLD = join(__dirname, '../../test_data/world');

/** One answer of a scripted Graph: what stands in `answers.json`. */
export interface ScriptedAnswer {
  /** `GET /v1.0/security/threatIntelligence/hosts/contoso.com`; each is answered once, in this order where it is asked again. */
  readonly request: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text is sent as it is, anything else as JSON; `{origin}` in it becomes the server's own origin. */
  readonly body?: unknown;
}

/**
 * A folder `test_data/cases/<command>/<route>-<outcome>/`: what is sent to `mdti run`, what Graph does, and what a user
 * gets. Graph is the sandbox, with the switches of `faults.json`, or plays `answers.json`.
 */
export interface Case {
  readonly command: string;
  readonly name: string;
  readonly folder: string;
  readonly invocation: Readonly<Record<string, unknown>>;
  readonly faults: Partial<Faults>;
  readonly answers: readonly ScriptedAnswer[] | undefined;
}

/** What a case shows: the request lines that reached Graph, the answer of `mdti run`, and its tables as text. */
export interface Shown {
  readonly requests: readonly string[];
  readonly document: unknown;
  readonly markdown: string;
}

export function readCases(): Case[] {
  return folders(CASES).flatMap((command) =>
    folders(join(CASES, command)).map((name) => readCase(command, name)),
  );
}

export function readCase(command: string, name: string): Case {
  const folder = join(CASES, command, name);
  const optional = (file: string): unknown =>
    existsSync(join(folder, file)) ? json(join(folder, file)) : undefined;
  return {
    command,
    name,
    folder,
    invocation: { command, ...(json(join(folder, 'invocation.json')) as object) },
    faults: (optional('faults.json') ?? {}) as Partial<Faults>,
    answers: optional('answers.json') as readonly ScriptedAnswer[] | undefined,
  };
}

/** The goldens of a case: `requests.txt`, `answer.json` and `tables.md`. */
export function readGolden(one: Case): Shown {
  const text = (file: string) => readFileSync(join(one.folder, file), 'utf8');
  return {
    requests: text('requests.txt')
      .split('\n')
      .filter((line) => line !== ''),
    document: json(join(one.folder, 'answer.json')),
    markdown: text('tables.md'),
  };
}

function folders(parent: string): string[] {
  return readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function json(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
