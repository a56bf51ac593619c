import { statSync } from 'node:fs';
import { didYouMean } from '../../../base/did-you-mean';
import { toPluginError } from '../../../base/errors';
import { isRecord, type JsonObject, scalarText } from '../../../base/json';
import { quoted } from '../../../base/sanitize';
import { splitAppId } from '../../../config/app-id';
import { isCredential } from '../../../config/secret-texts';
import { openServices } from '../../../engine/open-services';
import manifest from '../../../manifest/generated/manifest.json';
import { checkLine } from '../check-line';
import { type Layer, merged } from './layers';
import { isSecretName, unreadVariables } from './unread-variables';

const MASK = '***';

/** The parts of a credentials parameter that a user sets; the platform adds the others. */
const CREDENTIAL_PARTS = ['identifier', 'password'];
const PLATFORM_PARTS = ['credentials', 'credential', 'passwordChanged'];

interface Remark {
  readonly status: 'ok' | 'warn' | 'fail';
  readonly message: string;
  readonly fix?: string | undefined;
}

/**
 * `mdti config check`: each parameter that is set, its value with secrets masked, its source, and its errors.
 * Nothing is sent; status 1 where a command could not sign in.
 */
export function checkConfig(
  layers: readonly Layer[],
  environment: NodeJS.ProcessEnv,
): { readonly text: string; readonly status: number } {
  const params = merged(layers);
  const rows = rowsOf(params, layers);
  const remarks = rows.length === 0 ? [nothingSet(layers)] : remarksOn(params, layers, environment);
  const failed = remarks.some(({ status }) => status === 'fail');
  const paramsFile = layers.find(({ from, file }) => from === file)?.file;
  const doctor = `mdti doctor${paramsFile === undefined ? '' : ` --params ${paramsFile}`}`;
  const done: Remark = { status: 'ok', message: `Run \`${doctor}\` to test the sign-in.` };
  const lines = [
    ...rows,
    ...(rows.length === 0 ? [] : ['']),
    ...[...remarks, ...(failed ? [] : [done])].map((remark) => checkLine(remark, { paramsFile })),
  ];
  return { text: lines.join('\n'), status: failed ? 1 : 0 };
}

function rowsOf(params: JsonObject, layers: readonly Layer[]): string[] {
  const rows = manifest.configuration
    .filter(({ name }) => isSet(params[name]))
    .map(({ name }) => [name, shown(name, params[name]), originOf(name, layers)] as const);
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}

function nothingSet(layers: readonly Layer[]): Remark {
  return {
    status: 'fail',
    message: `No parameter is set in ${layers.map(({ from }) => from).join(', ')}.`,
    fix: 'Run `mdti login`, set MDTI_APP_ID and the like, or try `--sandbox`.',
  };
}

function remarksOn(params: JsonObject, layers: readonly Layer[], environment: NodeJS.ProcessEnv): Remark[] {
  return [
    ...signIn(params),
    ...combinations(params),
    ...layers.flatMap(unknownNames),
    ...layers.flatMap(unknownParts),
    ...unreadVariables(environment).map(({ variable, meant }) =>
      warning(`The environment variable ${variable} is not read.`, `Did you mean ${meant}?`),
    ),
    ...layers.flatMap(readableSecrets),
  ];
}

function signIn(params: JsonObject): Remark[] {
  try {
    openServices(params);
    return [];
  } catch (error) {
    const { message, hint } = toPluginError(error);
    return [{ status: 'fail', message, fix: hint }];
  }
}

/** Sign-in methods in the order in which they take precedence. */
const METHODS = ['use_managed_identities', 'use_ambient_identity', 'client_credentials'];

function combinations(params: JsonObject): Remark[] {
  const [winner, ...losers] = METHODS.filter((name) => String(params[name]).toLowerCase() === 'true');
  const remarks: Remark[] = [];
  if (losers.length > 0)
    remarks.push(warning(`${winner} wins over ${losers.join(' and ')}.`, `Clear ${losers.join(' and ')}.`));
  const secret = isSet(passwordOf(params.credentials));
  if (winner === 'client_credentials' && secret && isSet(params.creds_certificate))
    remarks.push(
      warning('creds_certificate wins over credentials: the secret is not used.', 'Remove one of them.'),
    );
  if (secret && winner === undefined)
    remarks.push(
      warning(
        'credentials is not used: without client_credentials, sign-in is by device code.',
        'Set client_credentials to true to sign in with the secret.',
      ),
    );
  return remarks;
}

function unknownNames({ params, from }: Layer): Remark[] {
  const names = manifest.configuration.map(({ name }) => name);
  return Object.keys(params)
    .filter((name) => !names.includes(name))
    .map((name) => {
      const meant = didYouMean(name, names);
      return warning(
        `${quoted(name)} in ${from} is not a parameter and is ignored.`,
        isSecretName(name) ? 'Write "credentials": {"password": "…"}.' : meant && `Did you mean ${meant}?`,
      );
    });
}

/** Names within credentials that are not read: a mistyped `password` would be a sign-in without a secret. */
function unknownParts({ params, from }: Layer): Remark[] {
  return Object.entries(params).flatMap(([parameter, value]) => {
    if (!isCredential(parameter) || !isRecord(value)) return [];
    const unknown = Object.keys(value).filter(
      (name) => !CREDENTIAL_PARTS.includes(name) && !PLATFORM_PARTS.includes(name),
    );
    return unknown.map((name) => {
      const meant = didYouMean(name, CREDENTIAL_PARTS);
      return warning(
        `${quoted(name)} in ${parameter} in ${from} is not read.`,
        meant === undefined ? `It takes ${CREDENTIAL_PARTS.join(' and ')}.` : `Did you mean ${meant}?`,
      );
    });
  });
}

function readableSecrets({ file, params }: Layer): Remark[] {
  const secret =
    splitAppId(params.app_id).refreshToken !== undefined ||
    Object.entries(params).some(([name, value]) => isCredential(name) && isSet(value));
  if (file === undefined || !secret || process.platform === 'win32') return [];
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0;
  if ((mode & 0o077) === 0) return [];
  return [warning(`${file} contains a secret and can be read by other users.`, `Run \`chmod 600 ${file}\`.`)];
}

function warning(message: string, fix?: string): Remark {
  return { status: 'warn', message, fix };
}

function passwordOf(value: unknown): unknown {
  return isRecord(value) ? value.password : undefined;
}

function isSet(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isSet);
  if (isRecord(value)) return Object.values(value).some(isSet);
  return scalarText(value).trim() !== '';
}

/** Masks a field that contains a secret or has the wrong shape, except for the thumbprint of a certificate. */
function shown(parameter: string, value: unknown): string {
  if (!isCredential(parameter) && typeof value !== 'object') return withoutToken(scalarText(value));
  if (!isRecord(value)) return MASK;
  const parts = Object.entries(value).filter(([, part]) => isSet(part));
  const texts = parts.map(([name, part]) => (name === 'identifier' && isThumbprint(part) ? part : MASK));
  return [...new Set(texts)].join(' / ');
}

function isThumbprint(part: unknown): part is string {
  return typeof part === 'string' && /^(?:[\da-f]{2}[:\s]?){20,32}$/i.test(part.trim());
}

/** An app_id may read `id@refresh_token`; no other parameter has an at sign that matters. */
function withoutToken(value: string): string {
  const at = value.indexOf('@');
  return at < 0 ? value : `${value.slice(0, at)}@${MASK}`;
}

function originOf(name: string, layers: readonly Layer[]): string {
  return layers
    .filter(({ params }) => isSet(params[name]))
    .map(({ from }) => from)
    .reverse()
    .join(', over ');
}
