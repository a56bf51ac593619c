import type { Random } from '../../test/faults/random';
import type { Places } from './places';

/** What happens to one program while it runs. */
export interface Fault {
  readonly name: string;
  readonly signal?: 'SIGKILL' | 'SIGTERM' | 'SIGINT';
  /** Milliseconds after the start, for a signal. */
  readonly after?: number;
  readonly keepStdinOpen?: boolean;
  readonly closeStdout?: boolean;
  /** Milliseconds before the reader of stdout starts. */
  readonly pause?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** The program's files are on a file system with almost no space left. */
  readonly diskFull?: boolean;
}

export const NO_FAULT: Fault = { name: 'none' };

/** Every kind of fault; those that this machine cannot make are left out. */
export function faultsOf({ small }: Places): readonly ((random: Random) => Fault)[] {
  const all: ((random: Random) => Fault)[] = [
    ({ below }) => ({ name: 'SIGKILL', signal: 'SIGKILL', after: below(900) }),
    ({ below }) => ({ name: 'SIGTERM', signal: 'SIGTERM', after: below(900) }),
    ({ below }) => ({
      name: 'SIGTERM, stdin open',
      signal: 'SIGTERM',
      after: 300 + below(900),
      keepStdinOpen: true,
    }),
    ({ below }) => ({ name: 'SIGINT', signal: 'SIGINT', after: below(900) }),
    () => ({ name: 'closed stdout', closeStdout: true }),
    ({ below }) => ({ name: 'slow reader', pause: below(1_500) }),
    ({ below }) => ({ name: 'clock jumps', env: { MDTI_CLOCK_JUMPS: String(1 + below(1e9)) } }),
  ];
  if (small !== undefined) all.push(() => ({ name: 'disk full', diskFull: true }));
  return all;
}
