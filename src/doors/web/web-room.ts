import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { systemClock } from '../../base/clock';
import { PluginError, toPluginError } from '../../base/errors';
import type { JsonObject } from '../../base/json';
import { type Engine, openEngine } from '../../engine/engine';
import type { InstancePorts } from '../../engine/instance-ports';
import { openBudget } from '../../engine/open-budget';
import { openTraffic, openTransport } from '../../engine/open-services';
import type { Transport } from '../../http/transport';
import { commandNamed } from '../../manifest/short-names';
import { type Instruments, NO_INSTRUMENTS, tenantLabel } from '../../metrics/instruments';
import { contextKey } from '../../xsoar/context-keys';
import { isErrorEntry } from '../../xsoar/entry';
import { splitArguments } from '../../xsoar/system-arguments';
import type { LocalServices } from '../cli/local-services';
import { actionIn } from '../war-room/actions';
import { type ExecutedLine, executeCommand, executeLine } from '../war-room/execute-line';
import {
  EMPTY_INVESTIGATION,
  type Investigation,
  type InvestigationEntry,
  recordOf,
  withLine,
} from '../war-room/investigation';
import type { InvestigationStore } from '../war-room/store';
import type { Target } from '../war-room/target';
import { commandLine } from './command-text';
import { deriveGraph } from './graph/derive';
import { type GroupPage, groupPage } from './graph/groups';
import { countingArguments, isCountable, totalsIn } from './graph/totals';
import { outdatedPage } from './http-reply';
import type { Mask } from './mask-values';
import type { WebEvent, WebJob, WebState, WebTotals, WebView } from './shared/protocol';
import { asView, MAX_LINES, webLine } from './web-lines';

/** Commands that run at once. */
const MAX_JOBS = 6;

/** Characters of a typed line. */
const MAX_LINE = 10_000;

/** Milliseconds between two progress events of a command. */
const PROGRESS_INTERVAL = 150;

/** The services for the commands of an investigation. */
export type WebServices = LocalServices & Pick<InstancePorts, 'responseCache'>;

interface WebRoomOptions {
  readonly services: WebServices;
  readonly instruments?: Instruments | undefined;
  readonly store: InvestigationStore;
  readonly target: Target;
  readonly login: boolean;
  readonly mask: Mask;
  readonly onEvent: (event: WebEvent) => void;
}

/** One investigation as all open pages see it. */
export interface WebRoom {
  readonly name: string;
  readonly target: Target['kind'];
  investigation(): Promise<Investigation>;
  state(): Promise<WebState>;
  /** Starts a typed line; its result arrives as an event. @throws PluginError for a line that cannot be parsed. */
  run(line: string): string;
  /** Starts a command whose arguments are used verbatim: `${…}` in a value from Graph stays text. */
  runCommand(command: string, args: Readonly<Record<string, string>>): string;
  /** Starts reading the next page of a group. @throws PluginError for a group that is not on the graph. */
  openGroup(id: string): Promise<string>;
  /** Counts what Graph has around a node. Nothing of it is recorded; a failure counts nothing. */
  totals(id: string): Promise<WebTotals>;
  cancel(id: string): boolean;
  setView(view: unknown): Promise<void>;
  change(apply: (now: Investigation) => Investigation): Promise<Investigation>;
  clear(): Promise<void>;
  close(): Promise<void>;
}

interface Job {
  current(): WebJob;
  readonly controller: AbortController;
  readonly finished: Promise<void>;
}

export async function openWebRoom(options: WebRoomOptions): Promise<WebRoom> {
  const { services, store, target, login, mask, onEvent, instruments = NO_INSTRUMENTS } = options;
  const shown = (line: InvestigationEntry) => webLine(line, mask);
  const jobs = new Map<string, Job>();
  const counters = new AsyncLocalStorage<() => void>();
  const plugin = openPlugin(services, () => counters.getStore()?.(), instruments);
  const totals = new Map<string, WebTotals>();
  const stopped = new AbortController();
  let sent: readonly InvestigationEntry[] = (await store.read()).happened;
  let view: JsonObject | undefined = (await store.read()).view;
  const stopWatching = store.watch(publish);

  /** Sends what the pages do not have yet: new lines, or everything where lines are gone. */
  function publish(now: Investigation): void {
    const known = new Set(sent.map(({ id }) => id));
    const added = now.happened.filter(({ id }) => !known.has(id));
    const last = added.at(-1);
    const appended = sent.every((line, index) => now.happened[index]?.id === line.id);
    sent = now.happened;
    if (!appended) {
      onEvent({ type: 'lines', lines: now.happened.slice(-MAX_LINES).map(shown), replace: true });
    } else if (last !== undefined) {
      const from = last.door === 'terminal' ? ({ from: 'terminal' } as const) : {};
      onEvent({ type: 'lines', lines: added.slice(-MAX_LINES).map(shown), ...from });
    }
    if (JSON.stringify(now.view) !== JSON.stringify(view)) onEvent({ type: 'view', view: asView(now.view) });
    view = now.view;
  }

  function start(
    line: string,
    work: (signal: AbortSignal, known: Investigation) => Promise<ExecutedLine>,
  ): string {
    if (jobs.size >= MAX_JOBS)
      throw new PluginError('INVOCATION_UNREADABLE', `${MAX_JOBS} commands are running already.`, {
        hint: 'Wait for one of them, or cancel it.',
      });
    const id = randomUUID();
    const controller = new AbortController();
    let job: WebJob = { id, line, at: new Date().toISOString(), responses: 0 };
    let reported = Number.NEGATIVE_INFINITY;
    const count = () => {
      job = { ...job, responses: job.responses + 1 };
      if (systemClock.monotonic() - reported < PROGRESS_INTERVAL) return;
      reported = systemClock.monotonic();
      onEvent({ type: 'job', job });
    };
    const finished = counters.run(count, () => perform(id, line, controller.signal, work));
    jobs.set(id, { current: () => job, controller, finished });
    onEvent({ type: 'job', job });
    return id;
  }

  async function perform(
    id: string,
    line: string,
    signal: AbortSignal,
    work: (signal: AbortSignal, known: Investigation) => Promise<ExecutedLine>,
  ): Promise<void> {
    let problem: string | undefined;
    try {
      const executed = await work(signal, await store.read());
      const record = recordOf(line, executed, Date.now(), 'browser');
      publish(await store.change((now) => withLine(now, record, executed)));
    } catch (error) {
      const { message, hint } = toPluginError(error);
      problem = hint === undefined ? message : `${message} ${hint}`;
    } finally {
      jobs.delete(id);
      onEvent({
        type: 'job-ended',
        id,
        ...(problem === undefined ? {} : { problem: mask(problem) }),
      });
    }
  }

  async function change(apply: (now: Investigation) => Investigation): Promise<Investigation> {
    const now = await store.change(apply);
    publish(now);
    return now;
  }

  return {
    name: store.name,
    target: target.kind,
    investigation: () => store.read(),
    async state() {
      const { happened, view: kept } = await store.read();
      const lines = happened.slice(-MAX_LINES);
      return {
        name: store.name,
        target: target.kind,
        login,
        lines: lines.map(shown),
        earlier: happened.length - lines.length,
        jobs: [...jobs.values()].map(({ current }) => current()),
        view: asView(kept),
      };
    },
    run(typed) {
      const line = typed.trim();
      if (line === '' || line.length > MAX_LINE)
        throw new PluginError(
          'INVOCATION_UNREADABLE',
          'The line is empty or longer than 10,000 characters.',
          {
            hint: 'Put long lists into a file and use `mdti enrich`.',
          },
        );
      if (actionIn(line) !== undefined)
        throw new PluginError('COMMAND_UNKNOWN', `${line.split(/\s/)[0]} works in the terminal only.`, {
          hint: 'Use the menus of this page, or `mdti war-room`.',
        });
      return start(line, (signal, { context }) =>
        executeLine(line, plugin, { context, signal, commandList: 'Type the first letters and press Tab.' }),
      );
    },
    runCommand(command, args) {
      const { system } = splitArguments({});
      const full = commandNamed(command) ?? command;
      return start(commandLine(command, args), (signal, { context }) =>
        executeCommand({ command: full, args }, system, plugin, { context, signal }),
      );
    },
    async openGroup(id) {
      const page = groupPage(id, (await store.read()).context);
      if (page === undefined) throw outdatedPage('The group is not on the graph.');
      const { system } = splitArguments({});
      return start(commandLine(page.command, page.args), async (signal, { context }) =>
        withGraph(await executeCommand(page, system, plugin, { context, signal }), page),
      );
    },
    async totals(id) {
      const known = totals.get(id);
      if (known !== undefined) return known;
      const { nodes } = deriveGraph((await store.read()).context);
      const node = nodes.find((one) => one.id === id && isCountable(one));
      if (node === undefined) return {};
      const args = countingArguments(node);
      const { entries } = await plugin.execute('msg-defender-threat-intel-expand', args, stopped.signal);
      const entry = entries.find((one) => !isErrorEntry(one));
      if (entry === undefined) return {};
      const found = totalsIn(entry.Contents, node);
      // The number of nodes on the graph is bounded: only those keep their totals.
      const present = new Set(nodes.map((one) => one.id));
      for (const counted of totals.keys()) if (!present.has(counted)) totals.delete(counted);
      totals.set(id, found);
      return found;
    },
    cancel(id) {
      const job = jobs.get(id);
      job?.controller.abort(
        new PluginError('CANCELLED', 'The command was cancelled.', { hint: 'Run it again.' }),
      );
      return job !== undefined;
    },
    async setView(wanted: unknown) {
      const next: WebView = asView(wanted);
      await change((now) => ({ ...now, view: { ...next } }));
    },
    change,
    async clear() {
      await change(() => EMPTY_INVESTIGATION);
    },
    async close() {
      stopWatching();
      const ended = new PluginError('CANCELLED', 'The server was stopped.', {
        hint: 'Run the command again.',
      });
      stopped.abort(ended);
      for (const { controller } of jobs.values()) controller.abort(ended);
      await Promise.all([...jobs.values()].map(({ finished }) => finished));
    },
  };
}

/** Adds the rows of a group's page to the graph in context, whatever else the command stores there. */
function withGraph(executed: ExecutedLine, page: GroupPage): ExecutedLine {
  const entries = executed.entries.map((entry) =>
    !Array.isArray(entry.Contents)
      ? entry
      : {
          ...entry,
          EntryContext: { ...entry.EntryContext, [contextKey('Graph')]: page.graphOf(entry.Contents) },
        },
  );
  return { ...executed, entries };
}

function openPlugin(
  { params, ...services }: WebServices,
  onResponse: () => void,
  instruments: Instruments,
): Engine {
  const tenant = tenantLabel(params);
  const log = instruments.log(services.log, tenant);
  let opened: ReturnType<typeof openTransport> | undefined;
  // Parameters that make no sense are the error of the first command, not of the server.
  const transport: Transport = async (request) => {
    opened ??= openTransport(params, services);
    const response = await opened(request);
    onResponse();
    return response;
  };
  const budget = instruments.budget(openBudget(params, { clock: systemClock, log }), tenant);
  const traffic = openTraffic(transport, { log, budget });
  return openEngine({ ...services, params, log, transport, traffic });
}
