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

test('work that hangs on what no abort can reach exits by the signal itself after a while', async () => {
  jest.useFakeTimers();
  const kill = jest.spyOn(process, 'kill').mockReturnValue(true);
  try {
    const ended = withSignals(async () => {
      process.emit('SIGTERM', 'SIGTERM');
      await new Promise((resolve) => setTimeout(resolve, 60_000));
      return 0;
    });
    jest.advanceTimersByTime(4_999);
    expect(kill).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(kill).toHaveBeenCalledWith(process.pid, 'SIGTERM');
    expect(process.listenerCount('SIGTERM')).toBe(0);
    jest.advanceTimersByTime(60_000);
    expect(await ended).toBe(143);
  } finally {
    kill.mockRestore();
    jest.useRealTimers();
  }
});
