import { formatCount } from './sanitize';

/** Returns a wait in words: `4 s`, from two minutes on `3 min`, from two hours on `5 h`. @param milliseconds at least a second is shown */
export function waitText(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${formatCount(Math.round(minutes / 60))} h`;
}
