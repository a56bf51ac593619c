import {
  createHttpHeaders,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { DefaultAzureCredential } from '@azure/identity';
import { PluginError, toPluginError } from '../../base/errors';
import type { AbortSignalLike } from '../../base/plain-abort';
import { sanitize } from '../../base/sanitize';
import type { Identity } from '../identity';
import type { IssuedToken } from '../login-state';
import { claimsOf, type LoginTarget } from '../msal/issue-token';
import { type LoginLine, loginMemory } from '../msal/network';

type AmbientIdentity = Extract<Identity, { flow: 'ambient' }>;

/**
 * Whatever identity this machine has: environment, workload identity, managed identity, the command lines of Azure, in the
 * order of https://aka.ms/azsdk/js/identity/credential-chains.
 * @throws PluginError AUTH_FAILED with the error of each credential in the chain; CANCELLED or TIMED_OUT.
 */
export async function acquireByAmbientIdentity(
  { tenant }: AmbientIdentity,
  target: LoginTarget,
): Promise<IssuedToken> {
  const { line, authority, resource } = target;
  const following = abortSignalOf(line.signal);
  try {
    const credential = new DefaultAzureCredential({
      authorityHost: authority,
      disableInstanceDiscovery: true,
      httpClient: pipelineClient(line),
      processTimeoutInMs: line.timeout,
      retryOptions: { maxRetries: 0 },
      ...(tenant === undefined ? {} : { tenantId: tenant }),
    });
    const token = await credential.getToken(`${resource}/.default`, {
      abortSignal: following.signal,
      ...claimsOf(target),
    });
    return { value: token.token, expiresAt: line.now() + (token.expiresOnTimestamp - Date.now()) };
  } catch (error) {
    if (line.signal.aborted) throw toPluginError(line.signal.reason);
    throw new PluginError(
      'AUTH_FAILED',
      `No identity of this machine returned a token: ${error instanceof Error ? sanitize(error.message) : 'no reason was given.'}`,
      {
        hint: 'Sign in with az login, or give this machine a workload or managed identity; https://aka.ms/azsdk/js/identity/credential-chains lists what is tried. To use another sign-in method, clear use_ambient_identity.',
        cause: error,
      },
    );
  } finally {
    following.unlink();
  }
}

/** Azure's own pipeline over our transport, so that proxy, private CA and `insecure` apply here too. */
export function pipelineClient({ transport, timeout, signal }: LoginLine): HttpClient {
  return {
    async sendRequest(request: PipelineRequest): Promise<PipelineResponse> {
      const response = await transport({
        method: request.method === 'POST' ? 'POST' : 'GET',
        url: request.url,
        headers: request.headers.toJSON({ preserveCase: true }),
        timeout: request.timeout > 0 ? Math.min(request.timeout, timeout) : timeout,
        signal,
        memory: loginMemory(),
        ...(typeof request.body === 'string' ? { body: request.body } : {}),
      });
      return {
        request,
        status: response.status,
        headers: createHttpHeaders(response.headers),
        bodyAsText: response.body,
      };
    },
  };
}

/** Returns a real AbortSignal that follows another one: the identity package accepts no other kind. */
function abortSignalOf(signal: AbortSignalLike): { readonly signal: AbortSignal; unlink(): void } {
  const controller = new AbortController();
  const follow = () => controller.abort(signal.reason);
  if (signal.aborted) follow();
  else signal.addEventListener('abort', follow);
  return { signal: controller.signal, unlink: () => signal.removeEventListener('abort', follow) };
}
