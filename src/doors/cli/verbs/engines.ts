import { METRICS_FLAG, type Verb, verb } from '../verb';

/** Verbs for queues that many engines share. */
export const ENGINE_VERBS = {
  worker: verb({
    group: 'For many engines',
    summary: 'process the queues of the tenants until stopped',
    details:
      'Needs a Redis server (MDTI_SHARED). Stops cleanly on SIGTERM: chunks in progress finish or return to the queue.',
    flags: {
      tenants: { value: 'FILE', help: 'tenants.yaml: the tenants and their parameters' },
      ...METRICS_FLAG,
    },
    examples: [['mdti worker --tenants tenants.yaml', 'one worker; docs/scale-out.md shows how many help']],
    run: async (call) => (await import('../../queue/worker')).workerVerb(call),
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
    run: async (call) => (await import('../../queue/jobs')).jobsVerb(call),
  }),
} satisfies Readonly<Record<string, Verb>>;
