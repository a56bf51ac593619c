import { isPluginError, type PluginError } from '../../base/errors';
import { isSystemError } from '../../state/files';
import type { Investigation } from './investigation';
import type { InvestigationStore } from './store';

type Change = (now: Investigation) => Investigation;

/**
 * Keeps in memory what the system does not let us write, so that a console continues; each further change tries to write all of it.
 * @param onUnsaved is called once, when the first change is not saved.
 */
export function withUnsaved(
  store: InvestigationStore,
  onUnsaved: (error: PluginError) => void,
): InvestigationStore {
  let unsaved: readonly Change[] = [];
  const withAll = (now: Investigation, changes: readonly Change[]) =>
    changes.reduce((current, change) => change(current), now);
  return {
    name: store.name,
    read: async () => withAll(await store.read(), unsaved),
    async change(apply) {
      const changes = [...unsaved, apply];
      try {
        const saved = await store.change((now) => withAll(now, changes));
        unsaved = [];
        return saved;
      } catch (error) {
        if (!isPluginError(error) || !isSystemError(error.cause)) throw error;
        if (unsaved.length === 0) onUnsaved(error);
        unsaved = changes;
        return withAll(await store.read(), unsaved);
      }
    },
    watch: store.watch,
  };
}
