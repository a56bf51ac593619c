import { writeStdout } from '../../io/stdout';
import { INSTANCE_FLAGS, PARAMETER_FLAGS, QUERY_FLAG, type Verb, verb } from '../verb';

/** Verbs that set up, check and try things. */
export const SETUP_VERBS = {
  login: verb({
    group: 'Setup',
    summary: 'sign in: choose how, save it in a profile, and test it',
    details: `Prompts for what the sign-in method needs and saves it in a profile that only this user can read. A client secret is
not echoed, or is read from stdin. A sign-in with your own account shows a code and opens the page to type it in.`,
    flags: {
      method: {
        value: 'METHOD',
        choices: ['secret', 'certificate', 'device-code', 'managed-identity', 'ambient'],
        help: 'secret, certificate, device-code, managed-identity or ambient',
      },
      'app-id': { value: 'ID', help: 'application (client) ID of the app registration' },
      'tenant-id': { value: 'ID', help: 'directory (tenant) ID, or a domain of the tenant' },
      thumbprint: { value: 'HEX', help: 'thumbprint of the certificate' },
      'key-file': { value: 'FILE', help: 'private key of the certificate, PEM' },
      'no-browser': { type: 'boolean', help: 'do not open a browser for the code' },
      profile: PARAMETER_FLAGS.profile,
    },
    wordsHint: 'Run `mdti login` and follow the prompts.',
    examples: [
      ['mdti login', 'in a terminal: prompts for each value'],
      ['mdti login --method device-code --app-id 00001111-aaaa-2222-bbbb-3333cccc4444', 'your own account'],
      [
        'mdti login --method secret --app-id ID --tenant-id contoso.com < secret.txt',
        'without a terminal; the secret comes from stdin',
      ],
    ],
    run: async (call) => (await import('../login/login')).login(call),
  }),
  logout: verb({
    group: 'Setup',
    summary: 'delete saved tokens; with --remove the profile as well',
    flags: {
      remove: { type: 'boolean', help: 'remove the profile and its secret from the configuration file' },
      ...INSTANCE_FLAGS,
    },
    run: async (call) => (await import('../login/status')).logout(call),
  }),
  status: verb({
    group: 'Setup',
    summary: 'show who commands sign in as, and whether a sign-in is saved',
    flags: INSTANCE_FLAGS,
    run: async (call) => (await import('../login/status')).status(call),
  }),
  cache: verb({
    group: 'Setup',
    summary: 'show, clear or prune the responses of Graph that are stored on this machine',
    words: [
      {
        name: 'ACTION',
        choices: ['status', 'clear', 'prune'],
        help: 'status (default) shows number, size and folder; clear deletes all of them; prune deletes expired ones',
      },
    ],
    examples: [['mdti cache status', 'how many responses are stored, and where']],
    run: async (call) => (await import('../cache')).cacheVerb(call.words[0]),
  }),
  config: verb({
    group: 'Setup',
    summary: 'create a configuration file, or check the configuration',
    words: [
      {
        name: 'init | check',
        choices: ['init', 'check'],
        required: true,
        help: 'init creates a file to fill in; check shows each value, its source, and what is wrong',
      },
    ],
    flags: PARAMETER_FLAGS,
    examples: [
      ['mdti config init', 'create the file of profiles'],
      ['mdti config check --profile lab', 'check the profile lab'],
    ],
    run: async (call) => {
      const { text, status } = (await import('../config/verb')).configVerb(call, process.env);
      await writeStdout(`${text}\n`);
      return status;
    },
  }),
  doctor: verb({
    group: 'Setup',
    summary: 'check parameters, network, sign-in and one call, step by step',
    flags: {
      ...INSTANCE_FLAGS,
      probe: {
        type: 'boolean',
        help: 'also send about 15 read-only requests to check which OData query options this tenant supports',
      },
      json: { type: 'boolean', help: 'print one JSON report without ids, indicators or secrets' },
      ...QUERY_FLAG,
      mood: {
        value: 'MOOD',
        choices: ['documented', 'annotated', 'careless'],
        help: 'with --sandbox: how the sandbox treats query options',
      },
    },
    examples: [
      ['mdti doctor', 'check the default profile'],
      ['mdti doctor --probe --json', 'a report to attach to a bug report'],
    ],
    run: async (call) => (await import('../doctor')).doctor(call),
  }),
  sandbox: verb({
    group: 'Setup',
    summary: 'serve a fake Graph and login service on this machine, to try things',
    flags: {
      port: { type: 'number', value: 'PORT', max: 65_535, help: 'port to listen on (default: a free one)' },
      latency: { type: 'number', value: 'MS', help: 'delay each response by this many milliseconds' },
      'page-size': { type: 'number', value: 'N', min: 1, help: 'maximum rows per page (default 100)' },
      throttle: { type: 'number', value: 'N', help: 'respond to the next N requests with 429' },
      'retry-after': {
        type: 'number',
        value: 'SECONDS',
        help: 'with --throttle: Retry-After of those responses (default 1)',
      },
      budget: {
        value: 'N/TIME',
        help: 'respond with 429 beyond N requests per window, such as 500/10s',
      },
      errors: { type: 'number', value: 'N', help: 'respond to the next N requests with 503' },
      resets: { type: 'number', value: 'N', help: 'reset the connection of the next N requests' },
      mood: {
        value: 'MOOD',
        choices: ['documented', 'annotated', 'careless'],
        help: 'query options that Graph annotates as unsupported: supported, rejected with 400, or ignored',
      },
      'max-top': { type: 'number', value: 'N', min: 1, help: 'reject a $top above N with 400' },
      'top-is-total': { type: 'boolean', help: 'treat $top as the total number of rows: no nextLink' },
      entitlement: {
        value: 'STATE',
        choices: ['active', 'none', 'unverified'],
        help: 'entitlement of the tenant; without one, Graph responds with 500',
      },
    },
    examples: [
      ['mdti sandbox --latency 100', 'a slow service; prints how to use it'],
      ['mdti sandbox --mood annotated', 'a service that rejects $orderby, $filter and $expand'],
    ],
    run: async (call) => (await import('../sandbox')).serveSandbox(call),
  }),
} satisfies Readonly<Record<string, Verb>>;
