import { type PluginError, toPluginError } from '../../base/errors';
import type { Engine } from '../../engine/engine';
import { isErrorEntry } from '../../xsoar/entry';
import { formatResult } from '../cli/formats';
import type { Screen } from '../cli/terminal';
import { runAction } from './actions';
import { executeLine } from './execute-line';
import type { Investigation } from './investigation';

/** Where the room speaks: what was found, and what went wrong. */
export interface RoomOutput {
  found(text: string): void;
  failed(text: string): void;
}

export interface RoomOptions {
  readonly plugin: Engine;
  readonly voices: RoomOutput;
  readonly screen: () => Screen;
  readonly now: () => number;
  /** Keeps the investigation; called after every line that changed it. */
  readonly keep: (investigation: Investigation) => Promise<void>;
}

/** What a line came to. */
export type Ended = 'well' | 'badly' | 'for good';

/** One investigation, a line at a time. */
export interface Room {
  /** Never rejects: what goes wrong is said. */
  enter(line: string, signal: AbortSignal): Promise<Ended>;
}

export function openRoom(initial: Investigation, { plugin, voices, screen, now, keep }: RoomOptions): Room {
  let investigation = initial;

  async function change(next: Investigation): Promise<void> {
    investigation = next;
    await keep(next);
  }

  async function action(line: string): Promise<Ended> {
    const acted = await runAction(line, investigation);
    if (acted.investigation !== undefined) await change(acted.investigation);
    if (acted.text !== '') voices.found(`${acted.text}\n`);
    return acted.ended ? 'for good' : 'well';
  }

  async function command(line: string, signal: AbortSignal): Promise<Ended> {
    const performed = await executeLine(line, plugin, { context: investigation.context, signal });
    const { entries, context } = performed;
    const failed = entries.filter(isErrorEntry);
    for (const { Contents } of failed) voices.failed(`${String(Contents)}\n`);
    if (failed.length < entries.length) voices.found(formatResult(performed, 'table', screen()));
    const at = new Date(now()).toISOString();
    await change({ context, happened: [...investigation.happened, { at, line, entries }] });
    return failed.length > 0 ? 'badly' : 'well';
  }

  return {
    async enter(line, signal) {
      try {
        if (line.trim() === '') return 'well';
        return await (line.trim().startsWith('/') ? action(line) : command(line, signal));
      } catch (error) {
        voices.failed(`${inWords(toPluginError(error))}\n`);
        return 'badly';
      }
    },
  };
}

function inWords({ message, hint }: PluginError): string {
  return hint === undefined ? message : `${message}\n${hint}`;
}
