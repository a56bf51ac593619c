/**
 * Waits for some work and cleans up after it.
 * @throws the error of the work, else that of the clean-up: the first one is the cause that a user can act on
 */
export async function withCleanUp<T>(work: Promise<T>, cleanUp: () => Promise<void>): Promise<T> {
  const [end] = await Promise.allSettled([work]);
  const cleaned = cleanUp();
  if (end.status === 'rejected') {
    await cleaned.catch(() => {});
    throw end.reason;
  }
  await cleaned;
  return end.value;
}
