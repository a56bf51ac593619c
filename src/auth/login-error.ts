import { isPluginError, PluginError } from '../errors';
import { unanswered } from '../graph/exchange';
import { isTransportError } from '../http/transport';
import { isRecord } from '../json';
import { quoted } from '../text';

/** What a login ended on, in our error: the login service's own text (AADSTS…) word for word. */
export function loginError(authority: string, error: unknown): PluginError {
  if (isPluginError(error)) return error;
  if (isTransportError(error)) return unanswered('The login', error);
  const text = serviceText(error);
  if (text === undefined) {
    return new PluginError(
      'AUTH_FAILED',
      `The login at ${authority} gave no token, and no reason that can be read.`,
      {
        hint: 'Check that the parameter azure_ad_endpoint names a login service of Microsoft.',
        cause: error,
      },
    );
  }
  return new PluginError('AUTH_FAILED', `The login at ${authority} was refused: ${text}`, {
    hint: 'Check the tenant, the application and its credential in the configuration of the integration instance.',
    cause: error,
  });
}

/** MSAL puts its own error code before the service's description and ids behind it. */
function serviceText(error: unknown): string | undefined {
  if (!isRecord(error) || typeof error.errorMessage !== 'string') return undefined;
  const text = quoted(error.errorMessage);
  const at = text.indexOf('AADSTS');
  const words = at < 0 ? text : text.slice(at);
  return words === '' ? undefined : words;
}
