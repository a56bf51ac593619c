import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PluginError } from '../../base/errors';
import { isRecord, parseJson } from '../../base/json';
import { FOLDER_MODE, isMissing, replaceFile, unavailable } from '../../state/files';
import type { Context } from '../../xsoar/context/merge';
import type { Entry } from '../../xsoar/entry';

/** A line that was typed, and what came of it. */
export interface InvestigationEntry {
  /** ISO 8601. */
  readonly at: string;
  readonly line: string;
  readonly entries: readonly Entry[];
}

/** What is known and was done under one name. */
export interface Investigation {
  readonly context: Context;
  readonly happened: readonly InvestigationEntry[];
}

export const EMPTY_INVESTIGATION: Investigation = { context: {}, happened: [] };

/** Where the investigation of a name is kept: `investigations/NAME.json` beside the state of the command line. */
export function investigationFile(stateFile: string, name: string): string {
  if (/^[\w-]{1,64}$/.test(name)) return join(dirname(stateFile), 'investigations', `${name}.json`);
  throw new PluginError(
    'INVOCATION_UNREADABLE',
    `An investigation cannot be called ${JSON.stringify(name)}.`,
    {
      hint: 'Take letters, digits, _ and -, 64 at most.',
    },
  );
}

/** @throws PluginError STATE_UNAVAILABLE where there is a file that cannot be read, or is none of ours. */
export async function readInvestigation(file: string): Promise<Investigation> {
  try {
    const kept = parseJson(await readFile(file, 'utf8'));
    if (isInvestigation(kept)) return kept;
  } catch (error) {
    if (isMissing(error)) return EMPTY_INVESTIGATION;
    throw unavailable(`The investigation in ${file} cannot be read`, error);
  }
  throw new PluginError('STATE_UNAVAILABLE', `${file} does not hold an investigation.`, {
    hint: 'Move it away, or take another name.',
  });
}

/** @throws PluginError STATE_UNAVAILABLE where it cannot be written. */
export async function writeInvestigation(file: string, investigation: Investigation): Promise<void> {
  const scratch = `${file}.${process.pid}`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: FOLDER_MODE });
    await replaceFile(file, JSON.stringify(investigation), scratch);
  } catch (error) {
    await rm(scratch, { force: true });
    throw unavailable(`The investigation cannot be written to ${file}`, error);
  }
}

function isInvestigation(value: unknown): value is Investigation {
  return isRecord(value) && isRecord(value.context) && Array.isArray(value.happened);
}
