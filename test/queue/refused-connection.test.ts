import { silentLog } from '../../src/base/log';
import { openRedis } from '../../src/redis/connection';

afterEach(() => jest.restoreAllMocks());

test('a refused connection to Redis is closed without a wait', async () => {
  const settings = {
    url: new URL('redis://127.0.0.1:1'),
    username: undefined,
    password: undefined,
    sealingKey: Buffer.alloc(32),
    ca: undefined,
    rate: undefined,
  };
  const connection = await openRedis(settings, silentLog);
  expect(connection.lossReason()).toBeDefined();
  const timer = jest.spyOn(globalThis, 'setTimeout');
  await connection.close();
  expect(timer).not.toHaveBeenCalled();
});
