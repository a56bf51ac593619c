import type { Log } from '../base/log';
import type { Store } from '../state/store';
import type { SharedSettings } from './settings';

/**
 * Logins over Redis that connect at their first use; while Redis is away, `local` serves.
 * @param name the tenant and application that the logins belong to
 */
export function sharedStore(settings: SharedSettings, name: string, local: Store, log: Log): Store {
  let opened: Promise<Store> | undefined;
  async function openStore(): Promise<Store> {
    try {
      const [{ sharedConnection }, { redisStore }] = await Promise.all([
        import('./connection'),
        import('./login-store'),
      ]);
      return redisStore(await sharedConnection(settings, log), name, settings.sealingKey, local);
    } catch (error) {
      log('warn', 'shared services are not used', { reason: error instanceof Error ? error.message : '' });
      return local;
    }
  }
  const open = () => (opened ??= openStore());
  return {
    read: async () => (await open()).read(),
    update: async (change, signal) => (await open()).update(change, signal),
  };
}
