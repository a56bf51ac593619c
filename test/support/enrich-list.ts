import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enrichVerb } from '../../src/doors/cli/enrich/enrich';
import type { EnrichCall } from '../../src/doors/cli/enrich/enrich-call';
import { type Sandbox, startSandbox } from '../../src/sandbox';
import { WORLD } from './case';

/** `mdti enrich` without any option. */
export const NO_OPTIONS: EnrichCall['options'] = {
  column: undefined,
  out: undefined,
  output: undefined,
  'max-age': undefined,
  fresh: undefined,
  rate: undefined,
  queue: undefined,
  tenant: undefined,
  folder: undefined,
  every: undefined,
  quiet: false,
};

/** Runs `mdti enrich LIST` with these options in this process. @returns the exit status or the error, and stderr */
export async function enrichList(
  sandbox: Sandbox,
  list: string,
  options: Partial<EnrichCall['options']>,
  params: Partial<Record<string, string | boolean>> = {},
  logLevel?: EnrichCall['logLevel'],
) {
  let stderr = '';
  const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    stderr += text;
    return true;
  });
  const call: EnrichCall = {
    words: [list],
    options: { ...NO_OPTIONS, ...options },
    // Without stored responses, each run requests its rows.
    overrides: { params: { ...sandbox.params, cache_ttl: '0', ...params }, ca: sandbox.ca },
    profile: undefined,
    paramsFile: undefined,
    flags: [],
    logLevel,
  };
  const ended = await enrichVerb(call).catch(({ code, message, hint }) => ({ code, message, hint }));
  write.mockRestore();
  return { ended, stderr };
}

interface EnrichSandbox {
  readonly sandbox: Sandbox;
  readonly folder: string;
  /** The input, `list.txt`: a test writes it. */
  readonly list: string;
  out(name?: string): string;
  enrich(
    options?: Partial<EnrichCall['options']>,
    from?: string,
  ): Promise<{ readonly ended: unknown; readonly stderr: string }>;
  /** Lets Graph reject the request for this name with a status, a number of times. */
  rejectName(name: string, status: number, times?: number): void;
}

/** Timers that run as usual: only the intervals of the progress line stand still, so that no test depends on how long it takes. */
const RUNNING = [
  'Date',
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setTimeout',
  'clearTimeout',
] as const;

/** A sandbox for all tests of a file, and an empty folder for each. */
export function enrichSandbox(): EnrichSandbox {
  let sandbox: Sandbox;
  let folder: string;
  beforeAll(async () => {
    sandbox = await startSandbox({ world: WORLD });
  });
  afterAll(() => sandbox.close());
  beforeEach(() => {
    sandbox.reset();
    folder = mkdtempSync(join(tmpdir(), 'mdti-enrich-'));
    jest.useFakeTimers({ doNotFake: [...RUNNING] });
  });
  afterEach(() => void jest.useRealTimers());
  const list = () => join(folder, 'list.txt');
  return {
    get sandbox() {
      return sandbox;
    },
    get folder() {
      return folder;
    },
    get list() {
      return list();
    },
    out: (name = 'rows.ndjson') => join(folder, name),
    enrich: (options = {}, from = list()) => enrichList(sandbox, from, options),
    rejectName(name, status, times = 100) {
      const match = `/v1.0/security/threatIntelligence/hosts/${name}/reputation`;
      sandbox.faults.rules = [{ kind: 'error', match, times, status }];
    },
  };
}
