/** How a step of the way in went; `skip` where a step before it stands in the way. */
export type Verdict = 'ok' | 'warn' | 'fail' | 'skip';

/** One step of the way in, as the doctor tells it. */
export interface Finding {
  readonly step: string;
  readonly verdict: Verdict;
  /** What was seen; never a token or a secret. */
  readonly says: string;
  /** What to mend. */
  readonly mend?: string | undefined;
}
