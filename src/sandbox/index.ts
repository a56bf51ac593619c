import { createServer } from 'node:https';
import { type Faults, initialFaults, makeMeter } from './faults';
import { handle } from './handler';
import { makeDeviceCodes } from './login/device';
import { makeLoginService } from './login/service';
import { makeTokenStore } from './login/tokens';
import { APPLICATION, REQUIRED_ROLE, type SandboxOptions } from './options';
import { type RecordedRequest, record } from './record';
import { closeServer, listen, serveTls } from './server';
import { makeCertificate } from './tls';
import { readWorld } from './world';

export type { Entitlement, FaultKind, FaultRule, Faults, Mood, Quirks, SandboxBudget } from './faults';
export type { DeviceCodeTimes, SandboxOptions } from './options';
export type { RecordedRequest } from './record';

/** A login service and a Graph that run in this process. */
export interface Sandbox {
  /** `https://localhost:PORT`, of both services. */
  readonly origin: string;
  /** The PEM certificate to trust. */
  readonly ca: string;
  /** The plugin's parameters that reach it, with client credentials. */
  readonly params: Readonly<Record<string, unknown>>;
  /** All requests since the start or the last reset, in their order; those within a batch are in its `json`. */
  readonly requests: readonly RecordedRequest[];
  /** Switches; change them while it runs. */
  faults: Faults;
  readonly login: SandboxLogin;
  /** Forgets requests, tokens and device codes, and puts the faults back to those of the start. */
  reset(): void;
  close(): Promise<void>;
}

/** Actions of a user or an administrator at the login service. `approve` and `decline` return false if no sign-in waits for the code. */
interface SandboxLogin {
  approve(userCode: string): boolean;
  decline(userCode: string): boolean;
  /** Ends all sign-ins of users: their refresh tokens are rejected from now on. */
  revoke(): void;
  /** Sets the roles of the tokens issued from now on: an administrator consents, or withdraws consent. */
  consent(roles: readonly string[]): void;
  /** A token of the application, as an endpoint for managed identities issues it. */
  issue(resource: string): { readonly token: string; readonly expiresIn: number };
}

/**
 * Starts a sandbox on loopback. What it serves is read once, from `options.world`.
 * @throws Error if the world cannot be read or the port is taken
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { clock = Date.now, roles = [REQUIRED_ROLE], tokenLifetime = 3600, certificates = [] } = options;
  const times = { interval: 5, lifetime: 900, ...options.deviceCode };
  const world = readWorld(options.world);
  const credentials = makeCertificate();
  const server = createServer(credentials);
  const origin = `https://localhost:${await listen(server, options.port ?? 0)}`;
  const tokens = makeTokenStore(roles, tokenLifetime, `${origin}/${APPLICATION.tenant}/v2.0`, clock);
  const devices = makeDeviceCodes(times, clock);
  const login = makeLoginService({ origin, tokens, devices, certificates, clock }, times);
  const meter = makeMeter(clock);
  const requests: RecordedRequest[] = [];
  const sandbox: Sandbox = {
    origin,
    ca: credentials.cert,
    params: paramsFor(origin),
    requests,
    faults: initialFaults(options.faults),
    login: {
      approve: (userCode) => devices.decide(userCode, 'approved'),
      decline: (userCode) => devices.decide(userCode, 'declined'),
      revoke: () => tokens.revoke(),
      consent: (granted) => tokens.consent(granted),
      issue: (resource) => tokens.issue('application', resource),
    },
    reset() {
      requests.length = 0;
      tokens.clear();
      devices.clear();
      sandbox.faults = initialFaults(options.faults);
    },
    close: () => closeServer(server),
  };
  serveTls(
    server,
    () => sandbox.faults.latency,
    (incoming) => {
      requests.push(record(incoming));
      const { faults } = sandbox;
      const graph = { world, origin, tokens, faults, meter: () => meter(faults.budget), clock };
      return handle({ graph, login }, incoming);
    },
  );
  return sandbox;
}

function paramsFor(origin: string): Sandbox['params'] {
  return {
    app_id: APPLICATION.id,
    tenant_id: APPLICATION.tenant,
    credentials: { identifier: '', password: APPLICATION.secret },
    client_credentials: true,
    azure_ad_endpoint: origin,
    graph_endpoint: origin,
  };
}
