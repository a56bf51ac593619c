import { BOUNDS } from '../base/bounds';
import { PluginError } from '../base/errors';
import { quoted } from '../base/sanitize';

/**
 * The id of a record, as Graph gave it out: opaque, often base64, case kept.
 * @throws PluginError ARGUMENT_INVALID for `.` and `..`, which a path would drop, for control characters, and for an id that is too long.
 */
export function recordId(text: string, argument: string): string {
  const id = text.trim();
  if (id.length > BOUNDS.recordId || id === '.' || id === '..' || /\p{Cc}/u.test(id)) {
    throw new PluginError('ARGUMENT_INVALID', `${argument}: ${quoted(id)} is not a record id.`, {
      hint: 'Use an id from the output of a list command.',
    });
  }
  return id;
}
