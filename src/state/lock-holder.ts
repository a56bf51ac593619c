import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { codeOf } from '../base/errors';

/** Distinguishes this process from an earlier one with its number, where the system does not say when a process started. */
const LIFE = randomUUID();

/** The process that holds a lock. Its number means something only on its machine, and there only in its namespace. */
export interface LockHolder {
  readonly process: number;
  readonly life: string;
  readonly machine: string;
  /** Linux: ticks from the start of the machine to the start of the process. */
  readonly started?: string | undefined;
  /** Linux: containers may share a host name and a folder, and number their processes separately. */
  readonly namespace?: string | undefined;
}

/** Describes this process. */
export function thisProcess(): LockHolder {
  const started = statusOf(process.pid)?.started;
  return { process: process.pid, life: LIFE, machine: hostname(), started, namespace: pidNamespace() };
}

/** Whether a holder may still be running; always true for a process that cannot be seen from here. */
export function mayRun(holder: Readonly<Record<string, unknown>>): boolean {
  const { process: pid, life, machine, started, namespace } = holder;
  if (machine !== hostname() || isOther(namespace, pidNamespace())) return true;
  const status = statusOf(pid);
  // A killed process keeps its number until its parent has read its status, and a later process may get that number.
  if (status?.isZombie === true || isOther(started, status?.started)) return false;
  // Two copies of this module in one process have two lives.
  if (pid === process.pid) return life === LIFE || (started !== undefined && started === status?.started);
  try {
    return process.kill(Number(pid), 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** Whether two values are known and differ. */
function isOther(value: unknown, ours: string | undefined): boolean {
  return value !== undefined && ours !== undefined && value !== ours;
}

interface ProcessStatus {
  readonly isZombie: boolean;
  readonly started: string | undefined;
}

/** Reads `/proc/PID/stat`; undefined where there is none. See proc_pid_stat(5): the state is field 3, the start field 22. */
function statusOf(pid: unknown): ProcessStatus | undefined {
  const text = readOrNothing(() => readFileSync(`/proc/${Number(pid)}/stat`, 'latin1'));
  if (text === undefined) return undefined;
  // The name in field 2 may contain spaces and parentheses.
  const fields = text.slice(text.lastIndexOf(')') + 2);
  return { isZombie: /^[ZX]/.test(fields), started: fields.split(' ')[19] };
}

function pidNamespace(): string | undefined {
  return readOrNothing(() => readlinkSync('/proc/self/ns/pid'));
}

function readOrNothing(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
