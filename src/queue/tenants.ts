import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { PluginError } from '../base/errors';
import { isRecord, type JsonObject, parseJson } from '../base/json';
import { quoted } from '../base/sanitize';
import { readUserFile } from '../state/user-file';
import { isName } from './job';

const OTHERS = 0o077;

/** A tenant that a worker serves: its name in jobs, and the parameters that no job contains. */
export interface Tenant {
  readonly name: string;
  readonly params: JsonObject;
}

/**
 * Reads `tenants.yaml`: `tenants: {NAME: {params_file: FILE} | {params: {…}}}`. Files of parameters are relative to it.
 * @throws PluginError CONFIG_INVALID naming the file, the line or the tenant at fault
 */
export async function readTenants(file: string): Promise<Tenant[]> {
  const { parseDocument } = await import('yaml');
  const document = parseDocument(readUserFile(file));
  const [error] = document.errors;
  if (error !== undefined)
    throw invalid(`${file} is not YAML: ${error.message.split('\n')[0]}`, 'Correct the line.');
  const content: unknown = document.toJS({ maxAliasCount: 10 });
  const tenants = isRecord(content) && isRecord(content.tenants) ? content.tenants : undefined;
  if (tenants === undefined || Object.keys(tenants).length === 0)
    throw invalid(
      `${file} lists no tenants.`,
      'Write `tenants:` and below it `contoso: {params_file: contoso.json}`.',
    );
  return Object.entries(tenants).map(([name, value]) => tenantOf(file, name, value));
}

function tenantOf(file: string, name: string, value: unknown): Tenant {
  if (!isName(name))
    throw invalid(
      `${file}: ${quoted(name)} is not a name of a tenant.`,
      'Use up to 63 letters, digits, dots, dashes and underscores.',
    );
  if (isRecord(value) && isRecord(value.params)) {
    requirePrivate(file);
    return { name, params: value.params };
  }
  if (!isRecord(value) || typeof value.params_file !== 'string')
    throw invalid(
      `${file}: the tenant ${name} has neither params_file nor params.`,
      `Write \`${name}: {params_file: ${name}.json}\`.`,
    );
  const path = resolve(dirname(file), value.params_file);
  const params = parseJson(readUserFile(path));
  if (!isRecord(params))
    throw invalid(`${path} is not a JSON object of parameters.`, 'Write {"app_id": "…"}.');
  requirePrivate(path);
  return { name, params };
}

/** Parameters contain secrets. */
function requirePrivate(file: string): void {
  if (process.platform !== 'win32' && (statSync(file).mode & OTHERS) !== 0)
    throw invalid(`Other users can read ${file}, which contains parameters.`, `Run \`chmod 600 ${file}\`.`);
}

function invalid(message: string, hint: string): PluginError {
  return new PluginError('CONFIG_INVALID', message, { hint });
}
