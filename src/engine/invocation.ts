import type { ErrorCode, PluginError } from '../base/errors';
import type { Lookup } from '../output/lookups';
import type { Entry, Incident, LastRun } from '../xsoar/entry';

/** A command as an interface hands it in: strings, mostly, as the platform sends them. */
export interface Invocation {
  readonly command: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** The facts of an error for programs, beside its entry. */
export interface ErrorRecord {
  readonly code: ErrorCode;
  readonly status?: number;
  readonly requestId?: string;
  /** Seconds. */
  readonly retryAfter?: number;
}

/** What a command gives back. */
export interface Outcome {
  readonly entries: readonly Entry[];
  readonly errors: readonly ErrorRecord[];
  /** What came of each observable or search, for interfaces that write rows; entries contain the same for users. */
  readonly lookups?: readonly Lookup[];
  /** What a fetch found, oldest first; also where that is nothing. */
  readonly incidents?: readonly Incident[];
  /** What the next fetch needs to know. Keep it after the incidents, or with them: kept before, a crash would lose some. */
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
