import type { Transport } from '../../http/transport';

/** The same transport, which tells after every answer how many there were. */
export function countingTransport(transport: Transport, tell: (answers: number) => void): Transport {
  let answers = 0;
  return async (request) => {
    const response = await transport(request);
    answers += 1;
    tell(answers);
    return response;
  };
}
