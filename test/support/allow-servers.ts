import { Server } from 'node:https';

/*
 * Allows every HTTPS server that a test starts in its own process as a login and Graph endpoint: the plugin sends secrets to no
 * other origin than those of the known clouds and those in MDTI_ALLOW_ENDPOINTS. A worker runs many test files on one `node:https`,
 * each with its own `process.env`: `listen` is wrapped once and writes to the environment of the current file.
 */

interface Wrapped {
  environment: NodeJS.ProcessEnv;
}

const KEY = Symbol.for('test.allow-servers');
const holder = Server as unknown as { [KEY]?: Wrapped };

if (holder[KEY] === undefined) {
  const wrapped: Wrapped = { environment: process.env };
  holder[KEY] = wrapped;
  const { listen } = Server.prototype;
  Server.prototype.listen = function (this: Server, ...args: unknown[]) {
    this.once('listening', () => {
      const address = this.address();
      if (typeof address !== 'object' || address === null) return;
      const origins = ['localhost', '127.0.0.1'].map((host) => `https://${host}:${address.port}`);
      const { MDTI_ALLOW_ENDPOINTS: before = '' } = wrapped.environment;
      wrapped.environment.MDTI_ALLOW_ENDPOINTS = [before, ...origins].filter(Boolean).join(',');
    });
    return Reflect.apply(listen, this, args);
  } as typeof listen;
} else holder[KEY].environment = process.env;
