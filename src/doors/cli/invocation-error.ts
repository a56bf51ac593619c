import { PluginError } from '../../base/errors';

/** A value in quotes, cut at 100 characters. */
export function quotedForTerminal(value: string): string {
  return JSON.stringify(value.length > 100 ? `${value.slice(0, 100)}…` : value);
}

export function invocationError(message: string, hint?: string, cause?: unknown): PluginError {
  return new PluginError('INVOCATION_UNREADABLE', message, { hint, cause });
}
