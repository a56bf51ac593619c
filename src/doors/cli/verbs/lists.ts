import { INSTANCE_FLAGS, METRICS_FLAG, type Verb, verb } from '../verb';

/** Verbs for lists and investigations. */
export const LIST_VERBS = {
  enrich: verb({
    group: 'Lists and investigations',
    summary: 'look up every observable in a file and write a row for each',
    details: `Reads host names, IP addresses and CVE IDs, one per line, mixed and defanged, and writes one row for each, in the same
order; rows that failed are retried at the end and come last. Equal observables are sent once, also across runs (\`mdti cache\`), and all
processes of this machine share one request budget. Rows go to stdout or --out, progress goes to stderr. Exit status: 0 all rows are
written, 3 all are written and some were refused because they are not observables, or failed, 1 the run did not finish. If --out already
has all rows of the list, nothing is sent, and the status is that of the run that wrote it; --fresh and --max-age then need another --out.`,
    words: [{ name: 'FILE', help: 'a file of observables; stdin if missing or -' }],
    flags: {
      column: { value: 'NAME', help: 'the input is CSV; the observables are in this column' },
      out: {
        value: 'FILE',
        help: 'write to a file; after an interruption the same command resumes',
      },
      output: {
        short: 'o',
        value: 'FORMAT',
        choices: ['ndjson', 'csv', 'stix'],
        help: 'ndjson, csv, or stix: a STIX 2.1 bundle (default: csv if --out ends in .csv, else ndjson)',
      },
      'max-age': {
        value: 'TIME',
        help: 'reuse responses of Graph that are at most this old, such as 12h or 3d (default: by verdict, a day to a week)',
      },
      fresh: { type: 'boolean', help: 'reuse no response from before this run' },
      rate: {
        value: 'NUMBER',
        help: 'maximum requests per second for this run (default: learned from Graph, shared by all processes)',
      },
      queue: {
        value: 'NAME',
        help: 'submit the list to a shared queue as job NAME; needs --out and MDTI_SHARED (docs/scale-out.md)',
      },
      tenant: {
        value: 'NAME',
        help: 'with --queue: the tenant in the workers’ tenants.yaml (default)',
      },
      folder: {
        value: 'FOLDER',
        help: 'with --queue: a folder that every worker can read, or blob:NAME (default: OUT.job)',
      },
      every: {
        value: 'TIME',
        help: 'with --queue: start a run at this interval, such as 24h, or at once if the last one took longer; newer responses are reused',
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
    run: async (call) => (await import('../enrich/enrich')).enrichVerb(call),
  }),
  'war-room': verb({
    group: 'Lists and investigations',
    summary: 'a console on an investigation that is saved under a name',
    words: [{ name: 'NAME', help: 'the investigation; `default` if missing' }],
    flags: INSTANCE_FLAGS,
    wordsHint: 'Give the name of one investigation.',
    examples: [['mdti war-room case-1 --sandbox', 'open or resume the investigation case-1']],
    run: async (call) => (await import('../../war-room/process')).warRoomProcess(call),
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
    wordsHint: 'Give the name of one investigation.',
    examples: [['mdti web case-1 --sandbox --open', 'try it without a login']],
    run: async (call) => (await import('../../web/process')).webProcess(call),
  }),
} satisfies Readonly<Record<string, Verb>>;
