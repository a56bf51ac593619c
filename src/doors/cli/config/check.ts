import { isRecord } from '../../../base/json';
import { readConfig } from '../../../config/config';
import manifest from '../../../manifest/generated/manifest.json';
import { type Layer, merged } from './layers';

const ENCRYPTED = 4;
const MASK = '***';

/**
 * `mdti config check`: each parameter that is set, its value with secrets masked, and where it comes from.
 * @throws PluginError CONFIG_INVALID for a value that makes no sense.
 */
export function checkConfig(layers: readonly Layer[]): string {
  const params = merged(layers);
  readConfig(params);
  const rows = manifest.configuration
    .filter(({ name }) => isSet(params[name]))
    .map(({ name, type }) => [name, shown(type, params[name]), originOf(name, layers)] as const);
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  return lines.length === 0
    ? `Nothing is set: neither ${layers.map(({ from }) => from).join(', nor ')} says anything.`
    : lines.map((line) => line.trimEnd()).join('\n');
}

function isSet(value: unknown): boolean {
  if (isRecord(value)) return Object.values(value).some(isSet);
  return value !== undefined && value !== null && String(value).trim() !== '';
}

function shown(type: number, value: unknown): string {
  if (type === ENCRYPTED) return MASK;
  if (!isRecord(value)) return String(value);
  const parts = Object.entries(value).filter(([, part]) => isSet(part));
  return parts.map(([name, part]) => (name === 'password' ? MASK : String(part))).join(' / ');
}

function originOf(name: string, layers: readonly Layer[]): string {
  return layers
    .filter(({ params }) => isSet(params[name]))
    .map(({ from }) => from)
    .reverse()
    .join(', over ');
}
