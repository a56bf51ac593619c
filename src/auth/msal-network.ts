import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import type { HttpResponse, Transport } from '../http/transport';
import { parseJson } from '../json';
import { USER_AGENT } from '../version';

export interface MsalNetwork extends INetworkModule {
  /** What the last exchange failed with: MSAL throws its own error and loses the cause. */
  failure(): unknown;
}

/** MSAL over our transport: the only way that proxy, private CA and `insecure` reach the login. */
export function msalNetwork(transport: Transport, timeout: number, signal: AbortSignal): MsalNetwork {
  let failure: unknown;

  async function exchange<T>(
    method: 'GET' | 'POST',
    url: string,
    options: NetworkRequestOptions = {},
  ): Promise<NetworkResponse<T>> {
    try {
      const headers = { ...options.headers, 'user-agent': USER_AGENT };
      const response = await transport({
        method,
        url,
        headers,
        timeout,
        signal,
        ...(options.body === undefined ? {} : { body: options.body }),
      });
      return msalResponse<T>(response);
    } catch (error) {
      failure = error;
      throw error;
    }
  }

  return {
    failure: () => failure,
    sendGetRequestAsync: (url, options) => exchange('GET', url, options),
    sendPostRequestAsync: (url, options) => exchange('POST', url, options),
  };
}

function msalResponse<T>(response: HttpResponse): NetworkResponse<T> {
  return {
    status: response.status,
    headers: { ...response.headers },
    body: (parseJson(response.body) ?? {}) as T,
  };
}
