/** One trace of `docs/architecture.md`: the value that is followed, and the `file#function` where it starts and ends. */
export interface Walk {
  /** The headings of its parts in the page. */
  readonly titles: readonly string[];
  readonly run: 'command' | 'enrich';
  readonly marker: string;
  readonly from?: string;
  /** The first function that is no longer part of it. */
  readonly until?: string;
  /** Files that receive the value for another purpose; the page names them below the list. */
  readonly beside?: readonly string[];
}

const HOST = 'contoso.com';

export const WALKS: readonly Walk[] = [
  {
    titles: ['`host_id` from `mdti run` to the URL'],
    run: 'command',
    marker: HOST,
    until: 'graph/authorized-request#sendRequest',
  },
  {
    titles: ['a response to context'],
    run: 'command',
    // The registrar of the host in the sandbox.
    marker: 'Example Registrar, Inc.',
    until: 'engine/engine#execute',
    beside: ['output/table', 'output/cell', 'commands/host', 'output/notes'],
  },
  {
    titles: ['From the file to the request'],
    run: 'enrich',
    marker: HOST,
    until: 'graph/cached-client#execute',
    beside: ['doors/cli/enrich/request-count'],
  },
  {
    titles: ['Through the response cache', 'Through Graph'],
    run: 'enrich',
    marker: HOST,
    from: 'graph/cached-client#execute',
    until: 'enrich/enrich#results',
    beside: [
      'base/log',
      'doors/cli/enrich/progress',
      'doors/cli/enrich/request-count',
      'doors/cli/retry-notice',
    ],
  },
  { titles: ['From the row to the file'], run: 'enrich', marker: HOST, from: 'enrich/row#enrichedRow' },
];
