import { toPluginError } from '../base/errors';
import type { Log } from '../base/log';
import type { AbortSignalLike } from '../base/plain-abort';
import { sanitize } from '../base/sanitize';
import { loginCommand } from '../commands/auth';
import type { Command } from '../commands/declaration/command';
import type { Services } from '../commands/declaration/services';
import { catalog } from '../commands/generated/catalog';
import type { GraphRequest, GraphResult } from '../graph/request';
import type { Route } from '../graph/route';
import { checkArguments } from '../manifest/check-arguments';
import type { CommandName } from '../manifest/generated/types';
import { commandEntry } from '../output/command-entry';
import { indicatorLookup, type Lookup, lookupOf } from '../output/lookups';
import { verdictEntries } from '../output/verdict/entries';
import { planIndicators } from '../plan/indicator-requests';
import {
  isLongList,
  isRejected,
  type LooseArgs,
  type PlanStep,
  plan,
  requestsIn,
  stepKey,
} from '../plan/plan';
import { errorEntry, textEntry } from '../xsoar/entry';
import { errorRecord, type Invocation, type Outcome } from './invocation';

type CommandResult = Omit<Outcome, 'errors' | 'lookups'>;

/** Opens the services of a command. */
type OpenServices = (report: Services['report']) => Services;

/** Commands that the platform calls by itself; no manifest lists them. */
export const SERVER_COMMANDS: Readonly<Record<string, (services: Services) => Promise<CommandResult>>> = {
  'test-module': async (services) => ({ entries: [await loginCommand('testModule')(services)] }),
  'fetch-incidents': async (services) => {
    const { fetchIncidents } = await import('../commands/incidents/fetch');
    const { warnings, ...fetched } = await fetchIncidents(services, await services.lastRun.read());
    const lines = [
      `New or changed articles: ${fetched.incidents.length}.`,
      ...warnings.map((text) => sanitize(text)),
    ];
    return { entries: [textEntry(lines.join('\n'))], ...fetched };
  },
};

/** Runs one command. Never rejects: every error becomes one error entry. */
export async function dispatch(invocation: Invocation, open: OpenServices, log: Log): Promise<Outcome> {
  const lookups: Lookup[] = [];
  const services = () =>
    open((found) => {
      for (const lookup of found) lookups.push(lookup);
    });
  const reported = () => (lookups.length === 0 ? {} : { lookups });
  try {
    return Object.assign(await run(invocation, services), reported(), { errors: [] });
  } catch (thrown) {
    const error = toPluginError(thrown);
    log(
      error.code === 'INTERNAL' ? 'error' : 'info',
      error.code === 'INTERNAL' ? 'internal fault' : 'command failed',
      {
        command: invocation.command,
        code: error.code,
        status: error.status,
        requestId: error.requestId,
        ...(error.code === 'INTERNAL' && error.cause instanceof Error ? { fault: error.cause.stack } : {}),
      },
    );
    return { entries: [errorEntry(error)], ...reported(), errors: [errorRecord(error)] };
  }
}

async function run({ command, args }: Invocation, open: () => Services): Promise<CommandResult> {
  const server = Object.hasOwn(SERVER_COMMANDS, command) ? SERVER_COMMANDS[command] : undefined;
  if (server !== undefined) return server(open());
  if (!isCommandName(command)) throw (await import('./unknown-command')).unknownFullName(command);
  return runCommand(catalog[command] as Command, checkArguments(command, args), open());
}

async function runCommand(command: Command, args: LooseArgs, services: Services): Promise<CommandResult> {
  const { graph, config, clock, signal, onRows, report } = services;
  if ('run' in command) return { entries: [await command.run(services, args as never)].flat() };
  if ('reads' in command) {
    const planPart = (part: LooseArgs) => planIndicators(command.reads, part);
    const planned = await planAll(args, signal, planPart, ({ indicator }) => indicator);
    const steps = planned.flatMap((indicator) => indicator.steps.map(({ step }) => step));
    const results = await sendSteps(steps, (requests) => graph.execute(requests, signal));
    const indicators = planned.map(({ indicator, steps }) => ({
      indicator,
      results: steps.flatMap(({ part, step }) => {
        const result = results.get(step);
        return result === undefined ? [] : [{ part, result }];
      }),
    }));
    report(indicators.map((indicator) => indicatorLookup(indicator, command.indicator)));
    return { entries: verdictEntries(command, indicators, config) };
  }
  let returns: Route['returns'] = 'entity';
  const planPart = (part: LooseArgs) => {
    const planned = plan(command, part, config.limits.maxResults);
    returns = planned.returns;
    return planned.steps;
  };
  const steps = await planAll(args, signal, planPart, stepKey);
  const sent = await sendSteps(steps, (requests) => graph.execute(requests, signal, onRows));
  const results = [...sent.values()];
  report(results.map(lookupOf));
  return { entries: [commandEntry(command, returns, results, { config, now: clock.now() })] };
}

/** Plans the steps of a command. Only a long list loads the code that plans in turns. */
async function planAll<T>(
  args: LooseArgs,
  signal: AbortSignalLike,
  planPart: (args: LooseArgs) => readonly T[],
  keyOf: (planned: T) => string,
): Promise<readonly T[]> {
  const name = Object.keys(args).find((argument) => isLongList(args[argument]));
  if (name === undefined) return planPart(args);
  return (await import('../plan/plan-in-parts')).planInParts(args, name, signal, planPart, keyOf);
}

/** Sends the requests of all steps together. @returns the result of each step, in their order */
async function sendSteps(
  steps: readonly PlanStep[],
  send: (requests: readonly GraphRequest[]) => Promise<readonly GraphResult[]>,
): Promise<Map<PlanStep, GraphResult>> {
  const requests = requestsIn(steps);
  const received = await send(requests);
  const hasTyped = requests.some(({ typed = [] }) => typed.length > 0);
  const noted = hasTyped ? await withNotes(received) : received;
  const resultOf = new Map(requests.map((request, index) => [request, noted[index]]));
  return new Map(
    steps.flatMap((step) => {
      const result = isRejected(step) ? step : resultOf.get(step);
      return result === undefined ? [] : [[step, result]];
    }),
  );
}

/** Loads what it needs only for typed options: Graph's model is large. */
async function withNotes(received: readonly GraphResult[]): Promise<readonly GraphResult[]> {
  return (await import('../output/typed-option-notes')).withTypedOptionNotes(received);
}

function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(catalog, name);
}
