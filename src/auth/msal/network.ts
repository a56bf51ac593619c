import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { BOUNDS } from '../../base/bounds';
import { parseBoundedJson } from '../../base/json';
import { type MemoryBudget, memoryBudget } from '../../base/memory-budget';
import type { AbortSignalLike } from '../../base/plain-abort';
import { USER_AGENT } from '../../base/version';
import type { HttpRequest, HttpResponse, Transport } from '../../http/transport';
import { type OAuthError, readOAuthError } from '../oauth-error';

/** The connection to the login service for one acquisition. */
export interface LoginLine {
  readonly transport: Transport;
  /** Milliseconds for one exchange. */
  readonly timeout: number;
  readonly signal: AbortSignalLike;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Never through a proxy. */
  readonly direct?: boolean;
}

/** MSAL over our transport: the only way that proxy, private CA and `insecure` reach the login. */
export interface MsalNetwork extends INetworkModule {
  /** Returns the failure of the last exchange: MSAL throws its own error and loses the cause. */
  failure(): unknown;
  /** Returns the last error response of the login service: for some errors MSAL keeps only a code. */
  refusal(): OAuthError | undefined;
}

export function msalNetwork(line: LoginLine): MsalNetwork {
  let failure: unknown;
  let refusal: OAuthError | undefined;

  async function exchange<T>(
    method: HttpRequest['method'],
    url: string,
    options: NetworkRequestOptions = {},
  ): Promise<NetworkResponse<T>> {
    try {
      const response = await line.transport({
        method,
        url,
        headers: { ...options.headers, 'user-agent': USER_AGENT },
        timeout: line.timeout,
        signal: line.signal,
        direct: line.direct ?? false,
        memory: loginMemory(),
        ...(options.body === undefined ? {} : { body: options.body }),
      });
      refusal = readOAuthError(response, line.now());
      return msalResponse<T>(response);
    } catch (error) {
      failure = error;
      throw error;
    }
  }

  return {
    failure: () => failure,
    refusal: () => refusal,
    sendGetRequestAsync: (url, options) => exchange('GET', url, options),
    sendPostRequestAsync: (url, options) => exchange('POST', url, options),
  };
}

/** A token is a few kilobytes: a much larger response did not come from a login service. */
export function loginMemory(): MemoryBudget {
  return memoryBudget('The response of the login service', BOUNDS.loginBytes);
}

function msalResponse<T>(response: HttpResponse): NetworkResponse<T> {
  return {
    status: response.status,
    headers: { ...response.headers },
    body: (parseBoundedJson(response.body) ?? {}) as T,
  };
}
