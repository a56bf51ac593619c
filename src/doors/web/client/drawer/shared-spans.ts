import type { WebSpan } from '../../shared/protocol';

/** A neighbor of two hosts. */
interface SharedSpan {
  readonly node: string;
  readonly label: string;
  /** The period in which both were seen with it, `2022-07-21 to 2022-11-22`; undefined if the periods do not overlap. */
  readonly together: string | undefined;
}

/** Returns the neighbors that two hosts have in common, with the period in which both had them. */
export function sharedSpans(one: readonly WebSpan[], other: readonly WebSpan[]): SharedSpan[] {
  const shared = new Map<string, SharedSpan>();
  for (const mine of one)
    for (const theirs of other) {
      if (mine.node === undefined || mine.node !== theirs.node) continue;
      const together = overlap(mine, theirs) ?? shared.get(mine.node)?.together;
      shared.set(mine.node, { node: mine.node, label: mine.label, together });
    }
  return [...shared.values()];
}

function overlap(one: WebSpan, other: WebSpan): string | undefined {
  const [from, until] = [Math.max(begin(one), begin(other)), Math.min(end(one), end(other))];
  return from <= until ? `${dayOf(from)} to ${dayOf(until)}` : undefined;
}

function begin({ first, last }: WebSpan): number {
  return Date.parse(first ?? last ?? '');
}

function end({ first, last }: WebSpan): number {
  return Date.parse(last ?? first ?? '');
}

/** `2026-01-31`, in UTC; an empty text for no time. */
export function dayOf(at: number): string {
  return Number.isFinite(at) ? new Date(at).toISOString().slice(0, 10) : '';
}
