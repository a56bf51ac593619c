import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export interface Ran {
  readonly stdout: string;
  /** From the start of the process to its end. */
  readonly milliseconds: number;
}

/** Runs Node to its end. @throws Error with its stderr where it ends on another status than 0. */
export async function node(
  args: readonly string[],
  stdin = '',
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const started = performance.now();
  const child = spawn(process.execPath, args, { env: { ...process.env, ...environment } });
  child.stdin.end(stdin);
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended on ${status}: ${stderr}${stdout}`);
  return { stdout, milliseconds: performance.now() - started };
}
