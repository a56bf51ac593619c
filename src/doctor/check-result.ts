/** The outcome of a check of sign-in; `skip` if a check before it failed. */
export type CheckStatus = 'ok' | 'warn' | 'fail' | 'skip';

/** The result of one check of sign-in, as the doctor prints it. */
export interface CheckResult {
  readonly check: string;
  readonly status: CheckStatus;
  /** What was seen; never a token or a secret. */
  readonly message: string;
  /** What to fix. */
  readonly fix?: string | undefined;
}
