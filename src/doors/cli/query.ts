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
    const { message } = cause as Error;
    // The parser reads behind the end of an expression such as `a.`.
    const isCutOff = cause instanceof TypeError || message.includes('EOF');
    const reason = isCutOff ? 'it is incomplete' : sanitize(message);
    throw invocationError(
      `--query: ${quoted(expression)} is not a valid JMESPath expression: ${reason}.`,
      "Examples: -q registrar, -q '[].id', -q '[?score > `50`].hostId'. See https://jmespath.org.",
      cause,
    );
  }
}
