import { VERSION } from '../../base/version';
import { commands } from '../../manifest/generated/commands';
import type { CommandName } from '../../manifest/generated/types';
import { shortName } from '../../manifest/short-names';
import { LINE_VERB } from './command-verb';
import { flagRows, summaryOf, usageLine } from './help';
import { GROUPS, type Runnable, type Verb } from './verb';

/** The manual page `mdti.1` in roff, made from the verbs and the manifest. */
export function manualPage(verbs: Readonly<Record<string, Verb>>): string {
  const names = Object.keys(commands) as CommandName[];
  return `${[
    `.TH MDTI 1 "" "mdti ${VERSION}" "User Commands"`,
    '.SH NAME',
    'mdti \\- Microsoft Defender Threat Intelligence at the command line',
    '.SH SYNOPSIS',
    '.B mdti',
    roff('COMMAND [VALUE…] [options]'),
    '.br',
    '.B mdti',
    roff('VERB [options]'),
    '.SH COMMANDS',
    ...names.flatMap((name) => ['.TP', `.B ${roff(shortName(name))}`, roff(summaryOf(name))]),
    '.SH OPTIONS OF COMMANDS',
    ...options(LINE_VERB),
    ...GROUPS.flatMap((group) => verbSection(group, verbs)),
    '.SH EXIT STATUS',
    ...pairs([
      ['0', 'success'],
      ['1', 'an entry is an error: a request failed, or the command rejects an argument'],
      ['2', 'the command line or the configuration could not be read'],
      ['3', 'enrich: all rows were written, some were refused or failed'],
      ['130, 143', 'interrupted by SIGINT or SIGTERM'],
      ['141', 'the reader of stdout closed it'],
    ]),
    '.SH ENVIRONMENT',
    ...pairs([
      [
        'MDTI_<PARAMETER>',
        'a parameter of the integration, such as MDTI_APP_ID or MDTI_CREDENTIALS_PASSWORD',
      ],
      ['MDTI_PROFILE, MDTI_CONFIG', 'the profile, and the configuration file'],
      ['MDTI_LOG', 'error, warn (default), info or debug'],
      ['NO_COLOR, FORCE_COLOR', 'never or always use color'],
      ['PAGER', 'the pager of long output on a terminal'],
    ]),
  ].join('\n')}\n`;
}

function verbSection(group: string, verbs: Readonly<Record<string, Verb>>): string[] {
  const own = Object.entries(verbs).filter(([, verb]) => verb.group === group);
  if (own.length === 0) return [];
  return [
    `.SH ${group.toUpperCase()}`,
    ...own.flatMap(([name, verb]) => [
      `.SS ${roff(usageLine(name, verb))}`,
      roff(`${verb.summary}.`),
      ...(verb.details === undefined ? [] : ['.PP', roff(verb.details.replaceAll('\n', ' '))]),
      ...options(verb),
      ...(verb.examples ?? []).flatMap(([line, does]) => ['.PP', `${roff(does)}:`, '.EX', roff(line), '.EE']),
    ]),
  ];
}

function options(verb: Runnable): string[] {
  return pairs(flagRows(verb.flags ?? {}));
}

function pairs(rows: readonly (readonly [string, string])[]): string[] {
  return rows.flatMap(([name, text]) => ['.TP', `.B ${roff(name)}`, roff(text)]);
}

/** Text that roff prints unchanged: a backslash escaped, no control character at the start of a line, ASCII quotes kept. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replace(/^(?=[.'])/gm, '\\&')
    .replaceAll('-', '\\-');
}
