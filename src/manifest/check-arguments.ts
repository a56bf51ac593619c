import { type ErrorCode, PluginError } from '../base/errors';
import { isRecord } from '../base/json';
import { quoted } from '../base/sanitize';
import { coerce, type RawArguments } from './coerce-arguments';
import { type ArgumentSpec, commands } from './generated/commands';
import type { CommandName } from './generated/types';
import { validators } from './generated/validators';

/**
 * Arguments checked against the manifest.
 * @throws PluginError ARGUMENT_UNKNOWN, ARGUMENT_MISSING or ARGUMENT_INVALID, naming what was wrong and what is allowed.
 */
export function checkArguments(name: CommandName, raw: RawArguments): Readonly<Record<string, unknown>> {
  const specs: Readonly<Record<string, ArgumentSpec>> = commands[name].arguments;
  if (!isRecord(raw))
    throw error('ARGUMENT_INVALID', `The arguments of ${name} are not an object.`, 'Pass {name: value}.');
  const args = coerce(raw, specs);
  for (const value of Object.values(args).flat()) refuseHalfCharacters(value);
  const validate = validators[name];
  if (!validate(args)) throw refusal(name, args, specs, validate.errors?.[0]);
  return args;
}

interface Finding {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
}

function refusal(
  name: CommandName,
  args: Readonly<Record<string, unknown>>,
  specs: Readonly<Record<string, ArgumentSpec>>,
  finding: Finding | undefined,
): PluginError {
  const allowed = `${name} takes ${Object.keys(specs).join(', ') || 'no arguments'}.`;
  if (finding?.keyword === 'additionalProperties') {
    return error(
      'ARGUMENT_UNKNOWN',
      `${name} has no argument ${quoted(String(finding.params.additionalProperty))}.`,
      allowed,
    );
  }
  if (finding?.keyword === 'required') {
    return error(
      'ARGUMENT_MISSING',
      `${name} needs the argument ${finding.params.missingProperty}.`,
      allowed,
    );
  }
  const argument = finding?.instancePath.split('/')[1] ?? '';
  const spec = specs[argument];
  const given = JSON.stringify(args[argument]) ?? 'nothing';
  const shown = given.length > 120 ? `${given.slice(0, 120)}…` : given;
  return error(
    'ARGUMENT_INVALID',
    `The argument ${argument} of ${name} cannot be ${shown}.`,
    spec && wish(argument, spec),
  );
}

function wish(argument: string, spec: ArgumentSpec): string {
  switch (spec.kind) {
    case 'count':
      return `${argument} takes a whole number from 1 up.`;
    case 'flag':
      return `${argument} takes true or false.`;
    case 'choice':
      return `${argument} takes one of ${spec.choices?.join(', ')}.`;
    case 'list':
      return `${argument} takes a list of texts, a JSON array of them, or a comma-separated text.`;
    case 'text':
      return `${argument} takes a text.`;
  }
}

function refuseHalfCharacters(value: unknown): void {
  if (typeof value === 'string' && /[\uD800-\uDFFF]/u.test(value)) {
    throw error(
      'ARGUMENT_INVALID',
      'An argument holds half of a character (a lone surrogate).',
      'Type the text again.',
    );
  }
}

function error(code: ErrorCode, message: string, hint: string | undefined): PluginError {
  return new PluginError(code, message, { hint });
}
