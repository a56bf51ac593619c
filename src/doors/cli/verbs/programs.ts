import { INSTANCE_FLAGS, METRICS_FLAG, SANDBOX_FLAG, type Verb, verb } from '../verb';

/** Verbs for programs, which send documents. */
export const PROGRAM_VERBS = {
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
    run: async (call) => (await import('../../run/run-stdin')).runProcess(call.overrides),
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
      (await import('../../serve/process')).serveProcess(call.overrides, call.options.metrics),
  }),
  mcp: verb({
    group: 'For programs',
    summary: 'the commands as tools for AI agents (Model Context Protocol, stdio)',
    flags: INSTANCE_FLAGS,
    wordsHint: 'It reads JSON-RPC messages from stdin.',
    examples: [['mdti mcp --params params.json', 'the command to enter in an MCP client']],
    run: async (call) => (await import('../../mcp/process')).mcpProcess(call),
  }),
  'xsoar-loop': verb({
    group: 'For programs',
    summary: 'the container protocol of Cortex XSOAR',
    wordsHint: 'It reads the lines of the platform from stdin.',
    run: async () => (await import('../../xsoar-loop/process')).loopProcess(),
  }),
} satisfies Readonly<Record<string, Verb>>;
