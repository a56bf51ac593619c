import { quoted, sanitize } from '../../base/sanitize';
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
    'Raise --limit or add --all-results to get the rest.',
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

/** The options and variables of a command that its messages depend on. */
export interface CommandWords {
  readonly sandbox?: boolean | undefined;
  readonly paramsFile?: string | undefined;
  /** The profile, if an option names it. */
  readonly profile?: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that say who signs in. They override a profile and a file. */
const IDENTITY = [
  'MDTI_APP_ID',
  'MDTI_TENANT_ID',
  'MDTI_CREDENTIALS_PASSWORD',
  'MDTI_CREDS_CERTIFICATE_IDENTIFIER',
  'MDTI_CREDS_CERTIFICATE_PASSWORD',
];

/** Advice about a sign-in, and what a command has in its place if the rejected value comes from the environment. */
const WITH_VARIABLES: readonly (readonly [
  advice: RegExp,
  applies: (environment: Environment) => boolean,
  words: (environment: Environment) => string,
])[] = [
  [
    /\brun `mdti login` to enter it\./g,
    ({ MDTI_CREDENTIALS_PASSWORD }) => Boolean(MDTI_CREDENTIALS_PASSWORD),
    () => 'set the environment variable MDTI_CREDENTIALS_PASSWORD to it.',
  ],
  [
    /Sign in again: run `mdti login`\./g,
    ({ MDTI_APP_ID }) => Boolean(MDTI_APP_ID?.includes('@')),
    () =>
      'Remove the refresh token after the @ in the environment variable MDTI_APP_ID, then run `mdti login`.',
  ],
  [
    /(?<=\bits credential )in the profile\b/g,
    (environment) => IDENTITY.some((name) => environment[name]),
    (environment) => `in ${IDENTITY.filter((name) => environment[name]).join(', ')} and the profile`,
  ],
];

/** Sentences about a profile, and what a command with `--params` has in their place. */
const WITH_FILE: readonly (readonly [RegExp, (file: string) => string])[] = [
  [
    /Run `mdti login`, or set it in the profile that `mdti config check` shows\./g,
    (file) => `Set it in ${file}.`,
  ],
  [/run `mdti login` to enter it\./g, (file) => `write it to ${file}.`],
  [/\b(in|and) the profile that `mdti config check` shows/g, (file) => `$1 ${file}`],
  [/Run `mdti login`\./g, (file) => `Run \`mdti auth-start --params ${file}\`.`],
  [/`mdti (auth-\w+)`/g, (file) => `\`mdti $1 --params ${file}\``],
  [/\bThis profile\b/g, (file) => file],
];

/**
 * A message of the plugin, which speaks of the platform, in the words of the command line: `mdti host host_id=contoso.com` for
 * `!msg-defender-threat-intel-host host_id=contoso.com`.
 */
export function inCommandLineWords(
  text: string,
  { sandbox = false, paramsFile, profile }: CommandWords = {},
  environment: Environment = process.env,
): string {
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
  if (sandbox) return withOption(own, '--sandbox');
  const sourced = WITH_VARIABLES.reduce(
    (current, [advice, applies, words]) =>
      applies(environment) ? current.replace(advice, words(environment)) : current,
    own,
  );
  if (paramsFile === undefined) return profile === undefined ? sourced : withProfile(sourced, profile);
  const file = sanitize(paramsFile).replaceAll('$', '$$$$');
  return WITH_FILE.reduce((current, [pattern, words]) => current.replace(pattern, words(file)), sourced);
}

/** Adds the profile to the advised commands: without it they would concern another one. */
function withProfile(text: string, profile: string): string {
  const option = `--profile ${/^[\w.-]+$/.test(profile) ? profile : quoted(profile)}`;
  return withOption(text, option).replace(
    /`(mdti (?:login|logout|doctor|config check))`/g,
    (_, call: string) => `\`${call} ${option}\``,
  );
}

/** Adds an option to the commands that a text advises: without it they would use another sign-in. A text about the command keeps its name. */
function withOption(text: string, option: string): string {
  const [name = ''] = option.split(' ');
  return text.replace(/`mdti ([^` ]*)[^`]*`(?!:| (?:needs|takes|has no) )/g, (call, command: string) => {
    return commandNamed(command) === undefined || call.includes('--help') || call.includes(name)
      ? call
      : `${call.slice(0, -1)} ${option}\``;
  });
}
