import { isPluginError } from '../../base/errors';
import { linkedAbort } from '../../base/linked-abort';
import type { AbortSignalLike } from '../../base/plain-abort';
import type { GraphRequest } from '../../graph/request';
import { collection, pathPart, routeRequest } from '../../graph/route';
import type { Token, TokenSource } from '../../http/token-source';
import type { Services } from '../declaration/services';

/** The route of the smallest request that needs both a token and the permission. */
export const PROBE_ROUTE = collection('GET /security/threatIntelligence/articles');

/** `$top` is optional, as in every list. */
const ONE_ARTICLE: GraphRequest = {
  ...routeRequest(PROBE_ROUTE),
  route: pathPart(PROBE_ROUTE.line),
  query: [{ name: '$select', value: 'id' }],
  optional: [{ name: '$top', value: '1' }],
};

/**
 * Proves that a token is issued and that Graph accepts it.
 * @throws PluginError what failed.
 */
export async function probeGraph(services: Pick<Services, 'graph' | 'signal'>): Promise<void> {
  const [result] = await services.graph.execute([ONE_ARTICLE], services.signal);
  if (result?.kind === 'failed') throw result.error;
}

/**
 * A token issued now, in place of a stored one: that may lack a permission that was granted since. A sign-in that cannot issue another
 * one (no refresh token) keeps its token.
 */
export async function freshToken(tokens: TokenSource, signal: AbortSignalLike): Promise<Token> {
  const token = await tokens.get(signal);
  if (!token.cached) return token;
  // A separate signal: a renewal that fails must not decide the rest of the command.
  const separate = linkedAbort(signal);
  try {
    await tokens.renew(token.value, separate.signal);
  } catch (error) {
    const wasSent = !isPluginError(error) || error.code !== 'AUTH_FAILED' || error.status !== undefined;
    if (wasSent) throw error;
    return token;
  } finally {
    separate.unlink();
  }
  // Takes over what was just issued; nothing is sent.
  return tokens.renew(token.value, signal);
}
