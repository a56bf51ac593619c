import { sanitize } from '../../base/sanitize';
import { commandNamed, shortName } from '../../manifest/short-names';

/** The `mdti` verbs that replace the platform's sign-in commands. */
const SIGN_IN: Readonly<Record<string, string>> = {
  'msg-defender-threat-intel-auth-start': 'login',
  'msg-defender-threat-intel-auth-reset': 'logout',
  'msg-defender-threat-intel-auth-test': 'doctor',
};

/** Sentences that name things of the platform, and what the command line has in their place. */
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  // `mdti login` waits for the user: there is no second step.
  [/(Run `mdti login`\.) It returns a (?:page to open and a )?(?:new )?code[^.]*\./g, '$1'],
  [
    /Give the secret's value in credentials, not its id\./g,
    'The value of the client secret is needed, not its secret ID: run `mdti login` to enter it.',
  ],
  [/enter its value in credentials\./g, 'run `mdti login` to enter it.'],
  [
    /Raise limit or set all_results=true to get the rest\./g,
    'Add --limit N or --all-results to get the rest.',
  ],
  [/; raise limit to see\./g, '; raise --limit to see.'],
  [/ in the War Room/g, ''],
  [
    /Set it in the configuration of the integration instance\./g,
    'Run `mdti login`, or set it in the profile that `mdti config check` shows.',
  ],
  [/in the configuration of the integration instance/g, 'in the profile that `mdti config check` shows'],
  [/\b([Tt])his instance\b/g, '$1his profile'],
];

/** The options of a command that its messages depend on. */
export interface CommandWords {
  readonly sandbox?: boolean | undefined;
  readonly paramsFile?: string | undefined;
}

/** Sentences about a profile, and what a command with `--params` has in their place. */
const WITH_FILE: readonly (readonly [RegExp, (file: string) => string])[] = [
  [
    /Run `mdti login`, or set it in the profile that `mdti config check` shows\./g,
    (file) => `Set it in ${file}.`,
  ],
  [/run `mdti login` to enter it\./g, (file) => `write it to ${file}.`],
  [/in the profile that `mdti config check` shows/g, (file) => `in ${file}`],
  [/Run `mdti login`\./g, (file) => `Run \`mdti auth-start --params ${file}\`.`],
  [/`mdti (auth-\w+)`/g, (file) => `\`mdti $1 --params ${file}\``],
  [/\bThis profile\b/g, (file) => file],
];

/**
 * A message of the plugin, which speaks of the platform, in the words of the command line: `mdti host host_id=contoso.com` for
 * `!msg-defender-threat-intel-host host_id=contoso.com`.
 */
export function inCommandLineWords(text: string, { sandbox = false, paramsFile }: CommandWords = {}): string {
  const named = text.replace(
    /(`?)(?:!?(?=msg-)|!)(msg-defender-threat-intel-[a-z-]*[a-z]|(?:ip|domain|cve)\b)/g,
    (all, tick: string, name: string) => {
      const command = commandNamed(name);
      if (command === undefined) return all;
      const call = `mdti ${SIGN_IN[command] ?? shortName(command)}`;
      return tick === '' ? `\`${call}\`` : `\`${call}`;
    },
  );
  const own = SENTENCES.reduce((current, [pattern, words]) => current.replace(pattern, words), named);
  if (sandbox || paramsFile === undefined) return sandbox ? inSandbox(own) : own;
  const file = sanitize(paramsFile).replaceAll('$', '$$$$');
  return WITH_FILE.reduce((current, [pattern, words]) => current.replace(pattern, words(file)), own);
}

/** Adds `--sandbox` to the commands that a text names: without it they would need a sign-in. */
function inSandbox(text: string): string {
  return text.replace(/`mdti [^`]*`/g, (call) => {
    const [, name = ''] = call.slice(1, -1).split(' ');
    return commandNamed(name) === undefined || /--(?:help|sandbox)\b/.test(call)
      ? call
      : `${call.slice(0, -1)} --sandbox\``;
  });
}
