import { systemClock } from '../../base/clock';
import type { JsonObject } from '../../base/json';
import { statePaths } from '../../base/user-paths';
import type { Instruments } from '../../metrics/instruments';
import { openInvestigations } from '../war-room/store';
import { targetOf } from '../war-room/target';
import { readAssets } from './assets';
import { eventStream } from './event-stream';
import { type Mask, maskOf } from './mask-values';
import { startWebServer, type WebServer } from './server';
import { openWebRoom, type WebRoom, type WebServices } from './web-room';

export interface WebOptions {
  readonly name: string;
  readonly port: number;
  readonly services: WebServices;
  readonly instruments?: Instruments | undefined;
  /** Whether the parameters are those of a sandbox that was started for this command. */
  readonly sandbox: boolean;
  readonly environment: NodeJS.ProcessEnv;
  /** Starts a sandbox for a user without a sign-in, and returns the services that use it. */
  readonly startSandbox: () => Promise<{ services: WebServices; close(): Promise<void> }>;
}

/** Opens an investigation and serves it. @throws PluginError if the investigation or the port cannot be used. */
export async function openWeb(options: WebOptions): Promise<WebServer> {
  const { name, environment } = options;
  const events = eventStream();
  const paths = statePaths(environment);
  let mask: Mask = maskOf(options.services.params);
  let closeSandbox = async () => {};

  async function openRoomFor(services: WebServices, sandbox: boolean): Promise<WebRoom> {
    const target = targetOf(services.params, sandbox);
    const store = openInvestigations(paths.file, target, systemClock).open(name);
    mask = maskOf(services.params);
    return openWebRoom({
      services,
      instruments: options.instruments,
      store,
      target,
      login: isLoginConfigured(services.params),
      mask,
      onEvent: events.send,
    });
  }

  async function startOwnSandbox(): Promise<void> {
    const { services, close } = await options.startSandbox();
    closeSandbox = close;
    const before = room;
    room = await openRoomFor(services, true);
    await before.close();
    events.send({ type: 'target' });
  }

  let room = await openRoomFor(options.services, options.sandbox);
  /** The sandbox that a click started; a second click waits for the same one. */
  let starting: Promise<void> | undefined;
  const server = await startWebServer({
    room: () => room,
    mask: (text) => mask(text),
    async useSandbox() {
      if (room.target === 'sandbox') return;
      starting ??= startOwnSandbox().finally(() => {
        starting = undefined;
      });
      await starting;
    },
    assets: readAssets(),
    events,
    port: options.port,
    log: options.services.log,
  });
  return {
    ...server,
    async close() {
      await room.close();
      await server.close();
      await closeSandbox();
    },
  };
}

/** Whether the parameters name a sign-in method; whether it works shows at the first command. */
function isLoginConfigured(params: JsonObject): boolean {
  const isSet = (value: unknown) => typeof value === 'string' && value.trim() !== '';
  const isOn = (value: unknown) => value === true || value === 'true';
  return isSet(params.app_id) || isOn(params.use_managed_identities) || isOn(params.use_ambient_identity);
}
