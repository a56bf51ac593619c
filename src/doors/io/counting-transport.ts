import type { Transport } from '../../http/transport';

/** Wraps a transport; reports the number of responses after each one. */
export function countingTransport(transport: Transport, onResponse: (responses: number) => void): Transport {
  let responses = 0;
  return async (request) => {
    const response = await transport(request);
    responses += 1;
    onResponse(responses);
    return response;
  };
}
