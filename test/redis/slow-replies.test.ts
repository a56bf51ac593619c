import type { Redis } from 'ioredis';
import { onSlowReplies } from '../../src/redis/slow-replies';

interface Sent {
  readonly promise: Promise<void>;
  reply(): void;
}

/** A client whose commands have their reply when the test says so. */
function slowClient(slow: () => void) {
  const time = { now: 0 };
  const client = { sendCommand: ({ promise }: Sent) => promise } as unknown as Redis;
  onSlowReplies(client, () => time.now, slow);
  function send(): Sent {
    let reply = () => {};
    const promise = new Promise<void>((resolve) => {
      reply = resolve;
    });
    const sent = { promise, reply: () => reply() };
    client.sendCommand(sent as never);
    return sent;
  }
  /** Sends a command whose reply takes this long. */
  async function take(milliseconds: number): Promise<void> {
    const sent = send();
    time.now += milliseconds;
    sent.reply();
    await sent.promise;
  }
  return { time, send, take };
}

test.each([
  ['prompt', Array.from({ length: 100 }, () => 200), 0],
  ['late once, then prompt', [1_200, 100, 1_200, 100], 0],
  ['late for a second in total', [600, 600, 400], 0],
  ['late for more than a second in total', [600, 600, 401], 1],
  ['late for two seconds', [1_300, 1_300], 2],
])('replies that are %s', async (_, times, calls) => {
  const slow = jest.fn();
  const { take } = slowClient(slow);
  for (const milliseconds of times) await take(milliseconds);
  expect(slow).toHaveBeenCalledTimes(calls);
});

test('the lateness of commands in flight together counts once', async () => {
  const slow = jest.fn();
  const { time, send, take } = slowClient(slow);
  const sent = Array.from({ length: 50 }, send);
  time.now += 1_000;
  for (const { reply } of sent) reply();
  await Promise.all(sent.map(({ promise }) => promise));
  expect(slow).not.toHaveBeenCalled();
  await take(500);
  expect(slow).toHaveBeenCalledTimes(1);
});
