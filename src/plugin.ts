import { identityOf } from './auth/identity';
import { tokenSource } from './auth/token-sources';
import { type Clock, systemClock } from './clock';
import { readConfig } from './config/config';
import type { RawParams } from './config/read';
import { dispatch } from './dispatcher';
import { PluginError } from './errors';
import { graphClient } from './graph/client';
import { axiosTransport } from './http/axios-transport';
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
  readonly log?: Log;
  readonly clock?: Clock;
  /** Carries every HTTP exchange; ours over axios unless given. */
  readonly transport?: Transport;
  /** A certificate to trust beside Node's own, PEM. */
  readonly ca?: string | undefined;
}

export interface Plugin {
  /** Runs one command. Never rejects: every error becomes one error entry. */
  execute(command: string, args?: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<Outcome>;
}

/** The plugin for one configuration: parameters are read at the first command, connections are kept between commands. */
export function createPlugin(options: PluginOptions = {}): Plugin {
  const { params = {}, store = memoryStore(), log = silent, clock = systemClock } = options;
  let opened: Omit<Services, 'signal'> | undefined;

  function open(): Omit<Services, 'signal'> {
    if (opened !== undefined) return opened;
    const config = readConfig(params);
    const transport =
      options.transport ?? axiosTransport({ insecure: config.transport.insecure, ca: options.ca });
    const identity = identityOf(config.login);
    const tokens = tokenSource(identity, config, { transport, store, clock, log });
    const graph = graphClient(config.graph, {
      transport,
      tokens,
      clock,
      log,
      timeout: config.limits.requestTimeout,
    });
    opened = { config, identity, tokens, graph };
    return opened;
  }

  return {
    async execute(command, args = {}, signal) {
      const deadline = new AbortController();
      let stop = () => {};
      const start = (): Services => {
        const services = open();
        const seconds = services.config.limits.commandTimeout / 1000;
        stop = clock.after(services.config.limits.commandTimeout, () =>
          deadline.abort(overtime(command, seconds)),
        );
        return {
          ...services,
          signal: signal === undefined ? deadline.signal : AbortSignal.any([signal, deadline.signal]),
        };
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
