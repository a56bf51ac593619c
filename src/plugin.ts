import { setMaxListeners } from 'node:events';
import { openLogin } from './auth/login';
import { type Clock, systemClock } from './clock';
import { readConfig } from './config/config';
import type { RawParams } from './config/read';
import { dispatch } from './dispatcher';
import { PluginError } from './errors';
import { graphClient } from './graph/client';
import { reminding } from './graph/reminding';
import type { TakeRows } from './graph/request';
import type { Patience } from './graph/retry';
import { driftWatch } from './graph/watch';
import { axiosTransport } from './http/axios-transport';
import { environmentProxy } from './http/proxy';
import type { Transport } from './http/transport';
import type { Outcome } from './invocation';
import { type Log, silent } from './log';
import type { Services } from './services';
import { memoryStore, type Store } from './state/store';

export interface PluginOptions {
  /** The values of integration.yml's configuration, as the platform sends them. */
  readonly params?: RawParams;
  /** Where tokens outlive a command; in memory unless given. */
  readonly store?: Store;
  /** Where the last fetch of incidents ended; it is written by whoever keeps the incidents, together with them. */
  readonly lastRun?: Pick<Store, 'read'>;
  readonly log?: Log;
  readonly clock?: Clock;
  /** Carries every HTTP exchange; ours over axios unless given. */
  readonly transport?: Transport;
  /** A certificate to trust beside Node's own, PEM. */
  readonly ca?: string | undefined;
}

export interface Plugin {
  /**
   * Runs one command. Never rejects: every error becomes one error entry.
   * @param take gets the rows of a list page by page; the entry then tells only how many there were.
   */
  execute(
    command: string,
    args?: Readonly<Record<string, unknown>>,
    signal?: AbortSignal,
    take?: TakeRows,
  ): Promise<Outcome>;
}

/** What is made of the parameters once; the rest of the services belongs to one command. */
type Lasting = Omit<Services, 'graph' | 'patience' | 'signal' | 'take'> & { readonly transport: Transport };

/** The transport that a configuration asks for, for whoever opens several plugins over one pool of connections. */
export function openTransport(
  params: RawParams,
  { ca, clock = systemClock, log = silent }: Pick<PluginOptions, 'ca' | 'clock' | 'log'>,
): Transport {
  const { insecure, proxy } = readConfig(params).transport;
  if (insecure) log('warn', 'certificates are not checked', { parameter: 'insecure' });
  const proxyFor = proxy ? environmentProxy(process.env) : undefined;
  return axiosTransport({ insecure, ca, proxyFor, clock });
}

/** The plugin for one configuration: parameters are read at the first command, connections are kept between commands. */
export function createPlugin(options: PluginOptions = {}): Plugin {
  const { params = {}, store = memoryStore(), lastRun = memoryStore() } = options;
  const { log = silent, clock = systemClock } = options;
  const watched = driftWatch(log);
  let opened: Lasting | undefined;

  function open(): Lasting {
    if (opened !== undefined) return opened;
    const config = readConfig(params);
    const transport = options.transport ?? openTransport(params, options);
    const login = openLogin(config, { transport, store, clock, log });
    opened = { config, login, transport, clock, lastRun };
    return opened;
  }

  return {
    async execute(command, args = {}, signal, take) {
      const deadline = new AbortController();
      let stop = () => {};
      const start = (): Services => {
        const { transport, ...services } = open();
        const { commandTimeout, requestTimeout } = services.config.limits;
        stop = clock.after(commandTimeout, () => deadline.abort(overtime(command, commandTimeout / 1000)));
        const patience: Patience = { clock, log, ends: clock.now() + commandTimeout };
        const client = graphClient(services.config.graph, {
          ...patience,
          transport,
          tokens: services.login.tokens,
          timeout: requestTimeout,
        });
        const graph = watched(reminding(client, services.config.graph));
        const ended = signal === undefined ? deadline.signal : AbortSignal.any([signal, deadline.signal]);
        // Every request that waits listens to it, and there may be hundreds: Node warns from eleven on.
        setMaxListeners(0, ended);
        return { ...services, graph, patience, signal: ended, take };
      };
      try {
        return await dispatch({ command, args }, start, log);
      } finally {
        stop();
      }
    },
  };
}

function overtime(command: string, seconds: number): PluginError {
  return new PluginError('TIMED_OUT', `${command} was given up after ${seconds} seconds.`, {
    hint: 'Ask for less at once, or raise the parameter command_timeout.',
  });
}
