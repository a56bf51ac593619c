import { errorText, type PluginError } from '../base/errors';
import type { WireRelationship } from './relationship';

/** Entry types of the platform: 1 a result, 4 an error (Cortex XSOAR, `EntryType`). */
export const ENTRY_TYPE = { note: 1, file: 3, error: 4, warning: 11 } as const;

export interface Entry {
  readonly Type: (typeof ENTRY_TYPE)[keyof typeof ENTRY_TYPE];
  readonly ContentsFormat: 'json' | 'text' | 'markdown';
  readonly Contents: unknown;
  readonly HumanReadable?: string;
  readonly ReadableContentsFormat?: 'markdown';
  readonly EntryContext: Readonly<Record<string, unknown>> | null;
  readonly Relationships?: readonly WireRelationship[];
}

/** An entry with data: the service's own object, a table for users, and what goes into context. */
export function resultEntry(contents: unknown, markdown: string, context: Entry['EntryContext']): Entry {
  return {
    Type: ENTRY_TYPE.note,
    ContentsFormat: 'json',
    Contents: contents,
    HumanReadable: markdown,
    ReadableContentsFormat: 'markdown',
    EntryContext: context,
  };
}

/** An entry that is only read: a sentence or two in markdown. */
export function textEntry(text: string): Entry {
  return {
    Type: ENTRY_TYPE.note,
    ContentsFormat: 'text',
    Contents: text,
    HumanReadable: text,
    ReadableContentsFormat: 'markdown',
    EntryContext: null,
  };
}

/** An error as the platform shows it: the message, then what to do. */
export function errorEntry(error: PluginError): Entry {
  return { Type: ENTRY_TYPE.error, ContentsFormat: 'text', Contents: errorText(error), EntryContext: null };
}

export function isErrorEntry(entry: Entry): boolean {
  return entry.Type === ENTRY_TYPE.error;
}

/** An incident for the platform (Cortex XSOAR, `fetch-incidents`); the platform sets its severity. */
export interface Incident {
  readonly name: string;
  /** ISO 8601. */
  readonly occurred: string;
  /** The service's own object, as JSON. */
  readonly rawJSON: string;
  readonly details?: string;
  readonly type?: string;
}

/** The progress that a fetch stores for the next one; the platform keeps strings only. */
export type LastRun = Readonly<Record<string, unknown>>;
