import { VERSION } from '../../base/version';
import { writeStdout } from '../io/stdout';
import { commandsDescribed, commandsText, helpText } from './help';
import { jsonOrPart } from './plain-text';
import {
  INSTANCE_FLAGS,
  METRICS_FLAG,
  PARAMETER_FLAGS,
  QUERY_FLAG,
  SANDBOX_FLAG,
  type Verb,
  verb,
} from './verb';

/**
 * Everything that `mdti` does besides commands. A new verb is one entry here and the file that its `run` imports; help, completion, the
 * manual page and the option parser follow from the entry.
 */
export const VERBS: Readonly<Record<string, Verb>> = {
  enrich: verb({
    group: 'Lists and investigations',
    summary: 'look up every observable in a file and write a row for each',
    details: `Reads host names, IP addresses and CVE IDs, one per line, mixed and defanged, and writes one row for each, in the same
order. Rows go to stdout or --out, progress goes to stderr. Exit status: 0 all rows are written, 3 some of them were refused
because they are no observables, 1 the work did not finish.`,
    words: [{ name: 'FILE', help: 'a file of observables; stdin if missing or -' }],
    flags: {
      column: { type: 'text', value: 'NAME', help: 'the input is CSV; the observables are in this column' },
      out: {
        type: 'text',
        value: 'FILE',
        help: 'write to a file; after an interruption the same command resumes',
      },
      output: {
        type: 'text',
        short: 'o',
        value: 'FORMAT',
        choices: ['ndjson', 'csv', 'stix'],
        help: 'ndjson (default), csv, or stix: a STIX 2.1 bundle',
      },
      'max-age': {
        type: 'text',
        value: 'TIME',
        help: 'reuse responses of Graph that are at most this old, such as 12h or 3d (default: by verdict, a day to a week)',
      },
      fresh: { type: 'boolean', help: 'reuse no response from before this run' },
      rate: {
        type: 'text',
        value: 'NUMBER',
        help: 'requests per second at most (default: learned from Graph)',
      },
      queue: {
        type: 'text',
        value: 'NAME',
        help: 'let the workers of a shared queue do it, as the job NAME; needs --out and MDTI_SHARED (docs/scale-out.md)',
      },
      tenant: {
        type: 'text',
        value: 'NAME',
        help: 'with --queue: the tenant in the workers’ tenants.yaml (default)',
      },
      folder: {
        type: 'text',
        value: 'FOLDER',
        help: 'with --queue: a folder that every worker reaches, or blob:NAME (default: OUT.job)',
      },
      every: {
        type: 'text',
        value: 'TIME',
        help: 'with --queue: look the list up again after this time, such as 24h; younger answers are reused',
      },
      ...INSTANCE_FLAGS,
    },
    wordsHint: 'Pipe several files in: `cat a.txt b.txt | mdti enrich`.',
    examples: [
      ['mdti enrich indicators.txt -o csv > rows.csv', 'one CSV row per observable'],
      [
        'mdti enrich alerts.csv --column DestinationIP --out rows.ndjson',
        'one column of a CSV; can be resumed',
      ],
    ],
    run: async (call) => (await import('./enrich/enrich')).enrichVerb(call),
  }),
  'war-room': verb({
    group: 'Lists and investigations',
    summary: 'a console on an investigation that is saved under a name',
    words: [{ name: 'NAME', help: 'the investigation; `default` if missing' }],
    flags: INSTANCE_FLAGS,
    wordsHint: 'It takes the name of one investigation.',
    examples: [['mdti war-room case-1 --sandbox', 'open or resume the investigation case-1']],
    run: async (call) => (await import('../war-room/process')).warRoomProcess(call),
  }),
  web: verb({
    group: 'Lists and investigations',
    summary: 'an investigation in the browser: graph, tables, timeline, report',
    details: `Serves on this machine only and prints one address that works once. Shares its investigations with
\`mdti war-room\`: a command typed there appears in the browser.`,
    words: [{ name: 'NAME', help: 'the investigation; `default` if missing' }],
    flags: {
      port: { type: 'number', value: 'PORT', max: 65_535, help: 'port to listen on (default: a free one)' },
      open: { type: 'boolean', help: 'open the address in the browser' },
      ...METRICS_FLAG,
      ...INSTANCE_FLAGS,
    },
    wordsHint: 'It takes the name of one investigation.',
    examples: [['mdti web case-1 --sandbox --open', 'try it without a login']],
    run: async (call) => (await import('../web/process')).webProcess(call),
  }),
  run: verb({
    group: 'For programs',
    summary: 'one JSON document on stdin, one on stdout',
    flags: SANDBOX_FLAG,
    wordsHint:
      'It reads {"command": "…", "args": {…}, "params": {…}} from stdin. To look something up, run `mdti host contoso.com`.',
    examples: [
      [
        `echo '{"command": "ip", "args": {"ip": "192.0.2.1"}}' | mdti run --sandbox`,
        'run one command and print its entries',
      ],
    ],
    run: async (call) => (await import('../run/process')).runProcess(call.overrides),
  }),
  serve: verb({
    group: 'For programs',
    summary: 'one JSON request per line in, one response per line out',
    details:
      'Keeps running until stdin closes. Responses are matched to requests by `id`, up to 32 at a time.',
    flags: { ...METRICS_FLAG, ...SANDBOX_FLAG },
    wordsHint: 'It reads {"id": 1, "command": "…", "args": {…}, "params": {…}} from stdin, one per line.',
    examples: [
      [
        `echo '{"id": 1, "command": "ip", "args": {"ip": "192.0.2.1"}}' | mdti serve --sandbox`,
        'one request, one response',
      ],
    ],
    run: async (call) =>
      (await import('../serve/process')).serveProcess(call.overrides, call.options.metrics),
  }),
  mcp: verb({
    group: 'For programs',
    summary: 'the commands as tools for AI agents (Model Context Protocol, stdio)',
    flags: INSTANCE_FLAGS,
    wordsHint: 'It reads JSON-RPC messages from stdin.',
    examples: [['mdti mcp --params params.json', 'the command to enter in an MCP client']],
    run: async (call) => (await import('../mcp/process')).mcpProcess(call),
  }),
  'xsoar-loop': verb({
    group: 'For programs',
    summary: 'the container protocol of Cortex XSOAR',
    wordsHint: 'It reads the lines of the platform from stdin.',
    run: async () => (await import('../xsoar-loop/process')).loopProcess(),
  }),
  worker: verb({
    group: 'For many engines',
    summary: 'work on the queues of these tenants until it is stopped',
    details:
      'Needs a Redis server (MDTI_SHARED). Stops cleanly on SIGTERM: chunks under way finish or go back to the queue.',
    flags: {
      tenants: { type: 'text', value: 'FILE', help: 'tenants.yaml: the tenants and their parameters' },
      ...METRICS_FLAG,
    },
    examples: [
      ['mdti worker --tenants tenants.yaml', 'one worker; docs/scale-out.md says how many are worth running'],
    ],
    run: async (call) => (await import('../queue/worker')).workerVerb(call),
  }),
  jobs: verb({
    group: 'For many engines',
    summary: 'list, show, pause, resume, cancel, retry or clean the jobs of the shared queues',
    words: [
      {
        name: 'ACTION',
        choices: ['list', 'show', 'pause', 'resume', 'cancel', 'retry', 'clean'],
        help: 'list (default) shows all jobs; retry returns dead chunks to the queue; clean removes a job and its files',
      },
      { name: 'NAME', help: 'the job' },
    ],
    examples: [['mdti jobs show nightly', 'how far it is, and which chunks are dead']],
    run: async (call) => (await import('../queue/jobs')).jobsVerb(call),
  }),
  login: verb({
    group: 'Setup',
    summary: 'sign in: choose how, save it in a profile, and test it',
    details: `Asks for what the sign-in method needs and saves it in a profile that only this user can read. A client secret is typed
without being shown, or read from stdin. A sign-in with your own account shows a code and opens the page to type it in.`,
    flags: {
      method: {
        type: 'text',
        value: 'METHOD',
        choices: ['secret', 'certificate', 'device-code', 'managed-identity', 'ambient'],
        help: 'secret, certificate, device-code, managed-identity or ambient',
      },
      'app-id': { type: 'text', value: 'ID', help: 'application (client) ID of the app registration' },
      'tenant-id': { type: 'text', value: 'ID', help: 'directory (tenant) ID, or a domain of the tenant' },
      thumbprint: { type: 'text', value: 'HEX', help: 'thumbprint of the certificate' },
      'key-file': { type: 'text', value: 'FILE', help: 'private key of the certificate, PEM' },
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
    run: async (call) => (await import('./login/login')).login(call),
  }),
  logout: verb({
    group: 'Setup',
    summary: 'forget saved tokens; with --remove the profile as well',
    flags: {
      remove: { type: 'boolean', help: 'remove the profile and its secret from the configuration file' },
      ...INSTANCE_FLAGS,
    },
    run: async (call) => (await import('./login/status')).logout(call),
  }),
  status: verb({
    group: 'Setup',
    summary: 'show who commands sign in as, and whether a login is saved',
    flags: INSTANCE_FLAGS,
    run: async (call) => (await import('./login/status')).status(call),
  }),
  cache: verb({
    group: 'Setup',
    summary: 'show, clear or prune the responses of Graph that are stored on this machine',
    words: [
      {
        name: 'ACTION',
        choices: ['status', 'clear', 'prune'],
        help: 'status (default) shows size and age; clear deletes all of them; prune deletes expired ones',
      },
    ],
    examples: [['mdti cache status', 'how many responses are stored, and where']],
    run: async (call) => (await import('./cache')).cacheVerb(call.words[0]),
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
      const { text, status } = (await import('./config/verb')).configVerb(call, process.env);
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
        help: 'then send about 15 harmless requests that show what this tenant does with query options',
      },
      json: { type: 'boolean', help: 'print one JSON report without ids, indicators or secrets' },
      ...QUERY_FLAG,
      mood: {
        type: 'text',
        value: 'MOOD',
        choices: ['documented', 'annotated', 'careless'],
        help: 'with --sandbox: how the sandbox treats query options',
      },
    },
    examples: [
      ['mdti doctor', 'check the default profile'],
      ['mdti doctor --probe --json', 'a report to attach to a bug report'],
    ],
    run: async (call) => (await import('./doctor')).doctor(call),
  }),
  sandbox: verb({
    group: 'Setup',
    summary: 'serve a fake Graph and login service on this machine, to try things',
    flags: {
      port: { type: 'number', value: 'PORT', max: 65_535, help: 'port to listen on (default: a free one)' },
      latency: { type: 'number', value: 'MS', help: 'delay each response by this many milliseconds' },
      'page-size': { type: 'number', value: 'N', help: 'rows in a page at most (default 100)' },
      throttle: { type: 'number', value: 'N', help: 'respond to the next N requests with 429' },
      'retry-after': { type: 'number', value: 'SECONDS', help: 'Retry-After of those responses (default 1)' },
      budget: {
        type: 'text',
        value: 'N/TIME',
        help: 'respond with 429 beyond N requests per window, such as 500/10s',
      },
      errors: { type: 'number', value: 'N', help: 'respond to the next N requests with 503' },
      resets: { type: 'number', value: 'N', help: 'reset the connection of the next N requests' },
      mood: {
        type: 'text',
        value: 'MOOD',
        choices: ['documented', 'annotated', 'careless'],
        help: 'query options that Graph annotates as unsupported: supported, rejected with 400, or ignored',
      },
      'max-top': { type: 'number', value: 'N', help: 'reject a $top above N with 400' },
      'top-is-total': { type: 'boolean', help: 'treat $top as the total number of rows: no nextLink' },
      entitlement: {
        type: 'text',
        value: 'STATE',
        choices: ['active', 'none', 'unverified'],
        help: 'entitlement of the tenant; without one, Graph responds with 500',
      },
    },
    examples: [
      ['mdti sandbox --latency 100', 'a slow service; prints how to use it'],
      ['mdti sandbox --mood annotated', 'a service that rejects $orderby, $filter and $expand'],
    ],
    run: async (call) => (await import('./sandbox')).serveSandbox(call),
  }),
  completion: verb({
    group: 'Setup',
    summary: 'print a completion script for bash, zsh, fish or PowerShell',
    words: [
      {
        name: 'bash | zsh | fish | powershell',
        choices: ['bash', 'zsh', 'fish', 'powershell'],
        required: true,
      },
    ],
    examples: [
      ['source <(mdti completion bash)', 'in ~/.bashrc; zsh: the same in ~/.zshrc, after compinit'],
      ['mdti completion fish > ~/.config/fish/completions/mdti.fish', 'fish'],
      ['mdti completion powershell | Out-String | Invoke-Expression', 'in $PROFILE'],
    ],
    run: async ({ words: [shell = ''] }) => (await import('./completion')).completionScript(shell, VERBS),
  }),
  help: verb({
    group: 'Help',
    summary: 'this page, or the help of a verb or command',
    words: [{ name: 'NAME', help: 'a verb or command' }],
    examples: [['mdti help host-reputation', 'arguments, context paths and examples of a command']],
    run: ({ words: [name] }) => helpText(VERBS, name),
  }),
  version: verb({ group: 'Help', summary: 'print the version', run: () => VERSION }),
  commands: verb({
    group: 'Help',
    summary: 'list the commands of the integration',
    flags: {
      json: { type: 'boolean', help: 'names, arguments, examples and outputs as JSON' },
      ...QUERY_FLAG,
    },
    examples: [["mdti commands -q '[].shortName'", 'the short names, one per line']],
    run: async ({ options: { json: whole, query } }) =>
      whole || query !== undefined
        ? (await jsonOrPart(commandsDescribed(), query)).trimEnd()
        : commandsText(),
  }),
};
