import { countingTransport } from '../../../src/doors/io/counting-transport';
import type { Transport } from '../../../src/http/transport';

test('each response is counted, and a request without one is not', async () => {
  const counts: number[] = [];
  const send = jest.fn<ReturnType<Transport>, Parameters<Transport>>();
  const response = { status: 200, headers: {}, body: '' };
  send.mockResolvedValueOnce(response).mockRejectedValueOnce(new Error('reset')).mockResolvedValue(response);
  const transport = countingTransport(send, (count) => counts.push(count));
  const request = { url: 'https://graph.microsoft.com/', method: 'GET' } as never;
  expect(await transport(request)).toBe(response);
  await expect(transport(request)).rejects.toThrow('reset');
  expect(await transport(request)).toBe(response);
  expect(counts).toEqual([1, 2]);
});
