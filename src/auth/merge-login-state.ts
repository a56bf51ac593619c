import { isDeepStrictEqual as same } from 'node:util';
import { isRecord } from '../base/json';
import type { State } from '../state/store';
import { LOGIN_KEYS, PENDING, RESETS } from './login-state';

/**
 * Merges the state that a command leaves with what other commands wrote in the meantime, one identity at a time:
 * a reset wins over sign-ins that were requested before it, a completed sign-in wins over a refresh, a new device code wins over an
 * older one, and anything else that another command changed stays as that command left it. `xsoar/shim.py` has the same rules.
 * @param base state that the command read
 * @param ours state that the command leaves
 * @param current state that the platform stores now
 */
export function mergeLoginState(base: State, ours: State, current: State): State {
  const isReset = !same(ours[RESETS], base[RESETS]);
  const wasReset = !same(current[RESETS], base[RESETS]);
  const merged: Record<string, unknown> = { ...current };
  for (const key of new Set([...Object.keys(base), ...Object.keys(ours)]))
    if (!LOGIN_KEYS.includes(key) && key !== RESETS && !same(ours[key], base[key]))
      put(merged, key, ours[key]);
  if (isReset) {
    for (const key of LOGIN_KEYS) delete merged[key];
    return { ...merged, [RESETS]: Math.max(numberOf(ours[RESETS]), numberOf(current[RESETS]) + 1) };
  }
  if (wasReset) return merged;
  for (const key of LOGIN_KEYS) {
    const [before, after, now] = [base, ours, current].map((state) => recordOf(state[key]));
    const entries: Record<string, unknown> = { ...now };
    for (const id of new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])) {
      const wanted = after?.[id];
      if (same(wanted, before?.[id])) continue;
      const isOurs = key === PENDING ? wanted !== undefined : isCompleted(base, ours, id);
      if (isOurs || same(now?.[id], before?.[id])) put(entries, id, wanted);
    }
    put(merged, key, Object.keys(entries).length === 0 ? undefined : entries);
  }
  return merged;
}

/** Whether the command turned a device code into a sign-in. */
function isCompleted(base: State, ours: State, id: string): boolean {
  return recordOf(base[PENDING])[id] !== undefined && recordOf(ours[PENDING])[id] === undefined;
}

function put(target: Record<string, unknown>, key: string, value: unknown): void {
  if (value === undefined) delete target[key];
  else target[key] = value;
}

function recordOf(value: unknown): State {
  return isRecord(value) ? value : {};
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
