import { PluginError } from '../../../base/errors';
import { isRecord } from '../../../base/json';
import { quoted } from '../../../base/sanitize';
import { configFile } from '../../../base/user-paths';
import { SHARED_VARIABLES } from '../../../redis/settings';
import { readJsonFile } from './json-file';

/**
 * Sets the variables of the shared services from the section `shared` of the configuration file, where the environment does not set
 * them. `mdti run` and the platform read the environment only.
 * @throws PluginError CONFIG_INVALID for a section that cannot be used
 */
export function useSharedSection(environment: NodeJS.ProcessEnv): void {
  if (environment[SHARED_VARIABLES.url]) return;
  const file = configFile(environment);
  const shared = sectionOf(file);
  if (shared === undefined) return;
  if (!isRecord(shared)) throw invalid(file, 'is not an object');
  for (const [name, value] of Object.entries(shared)) {
    const variable = Object.hasOwn(SHARED_VARIABLES, name)
      ? SHARED_VARIABLES[name as keyof typeof SHARED_VARIABLES]
      : undefined;
    if (variable === undefined) throw invalid(file, `has ${quoted(name)}`);
    if (typeof value !== 'string' && typeof value !== 'number')
      throw invalid(file, `has ${name} that is not a string`);
    environment[variable] ||= String(value);
  }
}

/** A file that cannot be read is reported by the verb that needs its profiles. */
function sectionOf(file: string): unknown {
  try {
    const content = readJsonFile(file);
    return isRecord(content) ? content.shared : undefined;
  } catch {
    return undefined;
  }
}

function invalid(file: string, what: string): PluginError {
  return new PluginError('CONFIG_INVALID', `${file}: the section "shared" ${what}.`, {
    hint: `It takes ${Object.keys(SHARED_VARIABLES).join(', ')}; see docs/scale-out.md.`,
  });
}
