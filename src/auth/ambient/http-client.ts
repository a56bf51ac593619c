import {
  createHttpHeaders,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { type LoginLine, loginMemory } from '../msal/network';

/** Azure's own pipeline over our transport, so that proxy, private CA and `insecure` hold here too. */
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
