import { PluginError } from '../base/errors';

/**
 * The id of a record, as Graph gave it out: opaque, often base64, case kept.
 * @throws PluginError ARGUMENT_INVALID for `.` and `..`, which a path would swallow, and for control characters.
 */
export function recordId(text: string, argument: string): string {
  const id = text.trim();
  if (id === '.' || id === '..' || /\p{Cc}/u.test(id)) {
    throw new PluginError('ARGUMENT_INVALID', `The argument ${argument} cannot be ${JSON.stringify(id)}.`, {
      hint: 'Give the id as a list command showed it.',
    });
  }
  return id;
}
