/** The result of a check; `skip` if a check that it needs failed. */
export type CheckStatus = 'ok' | 'warn' | 'fail' | 'skip';

/** One check of `mdti doctor`. */
export interface CheckResult {
  readonly check: string;
  readonly status: CheckStatus;
  /** The result in a sentence; never contains a token or a secret. */
  readonly message: string;
  /** The suggested fix. */
  readonly fix?: string | undefined;
}
