/** How a check of the way in went; `skip` where a check before it stands in the way. */
export type CheckStatus = 'ok' | 'warn' | 'fail' | 'skip';

/** One check of the way in, as the doctor tells it. */
export interface CheckResult {
  readonly check: string;
  readonly status: CheckStatus;
  /** What was seen; never a token or a secret. */
  readonly message: string;
  /** What to fix. */
  readonly fix?: string | undefined;
}
