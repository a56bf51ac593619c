import jmespath from 'jmespath';
import { quoted, sanitize } from '../../base/sanitize';
import { invocationError } from './invocation-error';

/**
 * Applies a JMESPath expression.
 * @throws PluginError INVOCATION_UNREADABLE for an expression that is not valid.
 */
export function search(value: unknown, expression: string): unknown {
  try {
    return jmespath.search(value, expression);
  } catch (cause) {
    const reason = sanitize((cause as Error).message);
    throw invocationError(
      `--query: ${quoted(expression)} is not a valid JMESPath expression: ${reason}.`,
      'Examples: `[].id`, `[?score > `50`].hostId`, `registrar`. See https://jmespath.org.',
      cause,
    );
  }
}
