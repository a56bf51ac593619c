import { createHash } from 'node:crypto';
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { exposedFolder, isOurs, makeFolder } from '../../base/owned-path';
import { socketLocation } from './socket-location';

/** The meeting point of this user's processes on one machine for one budget: numbered sockets, of which the highest serves. */
export interface BudgetSockets {
  /** Returns the highest number of a socket; 0 if there is none. Always 1 on Windows, where pipes cannot be listed. */
  highest(): number;
  /** Returns all numbers. */
  numbers(): readonly number[];
  path(number: number): string;
  /** A file for what is learned of the budget. */
  readonly limitFile: string;
  /**
   * Creates the folder, for this user alone.
   * @throws Error if it belongs to another user or others may write to it
   */
  prepare(): void;
  /**
   * Checks the folder if there is one: a process that joins trusts what it finds there.
   * @throws Error if it belongs to another user or others may write to it
   */
  check(): void;
  /** Whether the socket of this number belongs to this user; also true for one that is gone. */
  isOurs(number: number): boolean;
}

/** @see socketLocation for the parameters */
export function budgetSockets(folder: string, budget: string, platform = process.platform): BudgetSockets {
  const { folder: sockets, name } = socketLocation(folder, budget);
  if (platform === 'win32')
    return pipe(
      join(folder, `${name}.limit`),
      `${createHash('sha256').update(folder).digest('hex').slice(0, 16)}-${name}`,
    );
  const numbers = () =>
    namesIn(sockets)
      .filter((file) => file.startsWith(`${name}.`))
      .map((file) => Number(file.slice(name.length + 1)))
      .filter((number) => Number.isSafeInteger(number) && number > 0);
  const path = (number: number) => join(sockets, `${name}.${number}`);
  function check(): void {
    const found = lstatSync(sockets, { throwIfNoEntry: false });
    if (found === undefined) return;
    if (!found.isDirectory() || !isOurs(found) || exposedFolder(sockets) !== undefined)
      throw new Error(`${sockets} can be replaced by other users`);
  }
  return {
    numbers,
    highest: () => Math.max(0, ...numbers()),
    path,
    limitFile: join(sockets, `${name}.limit`),
    prepare() {
      makeFolder(sockets, 0o700);
      check();
    },
    check,
    isOurs(number) {
      const found = lstatSync(path(number), { throwIfNoEntry: false });
      return found === undefined || (found.isSocket() && found.uid === process.getuid?.());
    },
  };
}

function pipe(limitFile: string, name: string): BudgetSockets {
  return {
    numbers: () => [1],
    highest: () => 1,
    path: () => `\\\\.\\pipe\\mdti-${name}`,
    limitFile,
    prepare: () => {},
    check: () => {},
    isOurs: () => true,
  };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
