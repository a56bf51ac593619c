import type { ErrorCode, PluginError } from '../base/errors';
import type { Lookup } from '../output/lookups';
import type { Entry, Incident, LastRun } from '../xsoar/entry';

/** A command as an interface hands it in: strings, mostly, as the platform sends them. */
export interface Invocation {
  readonly command: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** The fields of an error for programs, in addition to its entry. */
export interface ErrorRecord {
  readonly code: ErrorCode;
  readonly status?: number;
  readonly requestId?: string;
  /** Seconds. */
  readonly retryAfter?: number;
}

/** The result of a command. */
export interface Outcome {
  readonly entries: readonly Entry[];
  readonly errors: readonly ErrorRecord[];
  /** The result of each observable or search, for interfaces that write rows; `entries` shows the same results to users. */
  readonly lookups?: readonly Lookup[];
  /** The incidents of a fetch, oldest first; empty if it found none. */
  readonly incidents?: readonly Incident[];
  /** Progress for the next fetch. Store it after or with the incidents: if it is stored first, a crash loses some. */
  readonly lastRun?: LastRun;
}

export function errorRecord({ code, status, requestId, retryAfter }: PluginError): ErrorRecord {
  return {
    code,
    ...(status === undefined ? {} : { status }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
}
