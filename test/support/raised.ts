import { isPluginError, type PluginError } from '../../src/base/errors';

/** The error that a piece of work ends with; fails where it ends well, or with what no user should see. */
export async function raised(work: () => unknown): Promise<PluginError> {
  const error: unknown = await Promise.resolve()
    .then(work)
    .then(
      () => new Error('nothing was raised'),
      (thrown: unknown) => thrown,
    );
  if (!isPluginError(error)) throw error;
  return error;
}
