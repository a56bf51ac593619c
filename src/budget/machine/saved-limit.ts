import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isRecord, parseJson } from '../../base/json';
import { makeFolder } from '../../base/owned-path';
import type { BudgetState } from '../budget';
import { limitIn } from './messages';

type Limit = NonNullable<BudgetState['limit']>;

/** A limit that was learned longer ago, in milliseconds, is learned again. */
const VALID = 7 * 24 * 3_600_000;

/** Returns the service limit that an earlier run learned; undefined if there is none. */
export function readLimit(file: string, now: number): Limit | undefined {
  try {
    const saved = parseJson(readFileSync(file, 'utf8'));
    if (!isRecord(saved)) return undefined;
    const { requests, window, learnedAt } = saved;
    const isRecent = typeof learnedAt === 'number' && learnedAt <= now && now - learnedAt < VALID;
    return isRecent ? limitIn(requests, window) : undefined;
  } catch {
    return undefined;
  }
}

/** Saves a limit for later runs. A failure costs some refused requests. */
export function saveLimit(file: string, { requests, window }: Limit, now: number): void {
  const scratch = `${file}.${process.pid}`;
  try {
    makeFolder(dirname(file), 0o700);
    writeFileSync(scratch, JSON.stringify({ requests, window, learnedAt: now }), { mode: 0o600 });
    renameSync(scratch, file);
  } catch {
    rmSync(scratch, { force: true });
  }
}
