import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Fault } from './faults';

const ROOT = join(__dirname, '../..');

/** Milliseconds until a program that has not ended is aborted. */
const LONGEST = 60_000;

/** What became of one program. */
export interface Outcome {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Megabytes at most, and milliseconds of processor time; undefined if it was killed. */
  readonly used: { readonly memory: number; readonly time: number } | undefined;
  /** Milliseconds from SIGTERM to the end. */
  readonly stoppedIn: number | undefined;
}

/** How a program is fed. */
export interface Feed {
  readonly args: readonly string[];
  readonly lines: readonly string[];
  /** For protocols that go both ways: stdin stays open, and each line of the program gets a response, none, or the end of stdin. */
  readonly reply?: (line: string) => string | 'end' | undefined;
}

/** Runs the built command line once and applies the fault to it. */
export function runProgram(
  { args, lines, reply }: Feed,
  fault: Fault,
  env: NodeJS.ProcessEnv,
): Promise<Outcome> {
  return new Promise((ended) => {
    const child = spawn(
      process.execPath,
      ['--require', join(__dirname, 'preload.cjs'), join(ROOT, 'dist/mdti.cjs'), ...args],
      { env: { ...env, ...fault.env } },
    );
    const out = { stdout: '', stderr: '' };
    let rest = '';
    let stopped: number | undefined;
    const stop = (signal: NodeJS.Signals) => {
      stopped = performance.now();
      child.kill(signal);
    };
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (part: string) => {
        out[name] += part;
        if (name === 'stderr' || reply === undefined) return;
        const whole = (rest + part).split('\n');
        rest = whole.pop() ?? '';
        for (const line of whole) {
          const response = reply(line);
          if (response === 'end') child.stdin.end();
          else if (response !== undefined) child.stdin.write(`${response}\n`);
        }
      });
    for (const stream of child.stdio) stream?.on('error', () => {});
    if (fault.closeStdout) child.stdout.destroy();
    if (fault.pause !== undefined) {
      child.stdout.pause();
      setTimeout(() => child.stdout.resume(), fault.pause);
    }
    if (fault.signal !== undefined) setTimeout(stop, fault.after, fault.signal);
    const watchdog = setTimeout(() => child.kill('SIGABRT'), LONGEST);
    child.on('close', (status, signal) => {
      clearTimeout(watchdog);
      const used = /^used (\{.*\})$/m.exec(out.stderr)?.[1];
      ended({
        status,
        signal,
        ...out,
        used: used === undefined ? undefined : JSON.parse(used),
        stoppedIn: stopped === undefined ? undefined : performance.now() - stopped,
      });
    });
    const text = lines.map((line) => `${line}\n`).join('');
    if (reply !== undefined || fault.keepStdinOpen) child.stdin.write(text);
    else child.stdin.end(text);
  });
}
