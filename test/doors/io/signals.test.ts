import { withSignals } from '../../../src/doors/io/signals';

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)(
  '%s cancels the work; a second one meets no handler and ends the process',
  async (signal, status) => {
    const before = process.listenerCount(signal);
    const other = signal === 'SIGINT' ? 'SIGTERM' : 'SIGINT';
    const ended = await withSignals(async (cancelled) => {
      expect(process.listenerCount(signal)).toBe(before + 1);
      process.emit(signal, signal);
      expect(cancelled.reason).toMatchObject({
        code: 'CANCELLED',
        message: `Interrupted by ${signal}.`,
        hint: 'Run the command again.',
      });
      // The work hangs on: from here on the system's default ends the process.
      expect(process.listenerCount(signal)).toBe(before);
      expect(process.listenerCount(other)).toBe(before);
      return 0;
    });
    expect(ended).toBe(status);
  },
);

test('work that no signal interrupts gives its own status, and leaves no handler behind', async () => {
  const before = process.listenerCount('SIGINT');
  expect(await withSignals(async () => 2)).toBe(2);
  await expect(withSignals(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  expect(process.listenerCount('SIGINT')).toBe(before);
});
