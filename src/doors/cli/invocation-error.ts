import { PluginError } from '../../base/errors';

export function invocationError(message: string, hint?: string, cause?: unknown): PluginError {
  return new PluginError('INVOCATION_UNREADABLE', message, { hint, cause });
}
