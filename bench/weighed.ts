import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const COMMAND_LINE = join(__dirname, '../dist/mdti.cjs');

/** Prints the resource use of a process when it exits. */
const SPENT = join(__dirname, 'bare/spent.cjs');

/** What a run of the command line took. */
export interface Weighed {
  readonly milliseconds: number;
  /** Milliseconds of the processor, on all its cores: what else the machine does is not among them. */
  readonly processor: number;
  /** MiB of resident memory, at most. */
  readonly peak: number;
  /** What came on stdout. */
  readonly bytes: number;
}

export type Environment = Readonly<Record<string, string>>;

/** Starts the command line as users get it. */
export function start(args: readonly string[], environment: Environment): ChildProcess {
  return spawn(process.execPath, ['--require', SPENT, COMMAND_LINE, ...args], {
    env: { ...process.env, ...environment },
  });
}

/** Runs it to its end, with a reader that takes whatever comes. @throws Error with its stderr where it fails. */
export async function weighed(
  args: readonly string[],
  environment: Environment,
  stdin = '',
): Promise<Weighed> {
  const started = performance.now();
  const child = start(args, environment);
  let bytes = 0;
  child.stdout?.on('data', (part: Buffer) => {
    bytes += part.length;
  });
  child.stdin?.end(stdin);
  const [stderr, [status]] = await Promise.all([
    child.stderr === null ? '' : text(child.stderr),
    once(child, 'close'),
  ]);
  if (status !== 0) throw new Error(`mdti ${args.join(' ')} ended on ${status}: ${stderr}`);
  const spent = JSON.parse(/^spent (.*)$/m.exec(stderr)?.[1] ?? '') as Pick<Weighed, 'peak' | 'processor'>;
  return { milliseconds: performance.now() - started, bytes, ...spent };
}
