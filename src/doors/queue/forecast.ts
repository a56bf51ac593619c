import { formatCount } from '../../base/sanitize';

/** Chunks that show the speed of a job; before them the budget does. */
const ENOUGH = 3;

interface Speed {
  /** Rows that are not finished. */
  readonly rowsLeft: number;
  /** Chunks and rows that finished while this process watched, and for how many milliseconds; undefined if it did not. */
  readonly watched?: { readonly chunks: number; readonly rows: number; readonly milliseconds: number };
  /** Requests per second that the budget of the tenant grants; undefined while it is not known. */
  readonly rate: number | undefined;
}

/**
 * Estimates the time left for a job from the rows that finished while this process watched; before any finished, from the budget,
 * because each row takes at most one request.
 * @returns `, 1:05 left`, `, at most 1:05 left at 50 requests a second`, or an empty text
 */
export function forecast({ rowsLeft, watched, rate }: Speed): string {
  if (watched !== undefined && watched.chunks >= ENOUGH)
    return `, ${minutes((rowsLeft * watched.milliseconds) / watched.rows / 1000)} left`;
  if (rate === undefined || rate <= 0) return '';
  return `, at most ${minutes(rowsLeft / rate)} left at ${formatCount(Math.round(rate))} requests a second`;
}

/** `M:SS`, or `H:MM:SS` from an hour on. */
function minutes(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (number: number) => String(number).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const rest = Math.floor(whole / 60) % 60;
  return hours === 0 ? `${rest}:${two(whole % 60)}` : `${formatCount(hours)}:${two(rest)}:${two(whole % 60)}`;
}
