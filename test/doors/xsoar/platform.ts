import type { JsonObject } from '../../../src/base/json';
import type { ShimLine } from '../../../src/doors/xsoar-loop/server';

interface Message extends JsonObject {
  readonly type: string;
  readonly command?: string;
}

/** The platform's side of the container protocol: it sends lines, responds to calls, and keeps what it is given. */
export class Platform {
  readonly messages: Message[] = [];
  context: unknown = {};
  lastRun: unknown = {};
  /** Calls that are rejected, by name. */
  refuses = new Set<string>();
  /** The state that another command writes just before the first write here, which is then refused as stale. */
  meanwhile: unknown;
  readonly #incoming: string[];

  constructor(...lines: (string | object)[]) {
    this.#incoming = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  }

  readonly line: ShimLine = {
    read: async () => this.#responses.shift() ?? this.#incoming.shift(),
    write: (message) => {
      this.messages.push(message as Message);
      const response = this.#respondTo(message as Message);
      if (response !== undefined) this.#responses.push(response);
    },
  };

  readonly #responses: string[] = [];

  ofType(type: string): Message[] {
    return this.messages.filter((message) => message.type === type);
  }

  calls(command: string): Message[] {
    return this.messages.filter((message) => message.command === command);
  }

  #respondTo({ type, command = '', args }: Message): string | undefined {
    if (type === 'log') return 'null';
    if (type !== 'executeCommand') return undefined;
    if (this.refuses.has(command)) return `[ERROR-fd5a7750-7182-4b38-90ba-091824478903]no ${command} here`;
    const { value } = args as { value?: unknown };
    if (command === 'setIntegrationContext' && this.meanwhile !== undefined) {
      this.context = this.meanwhile;
      this.meanwhile = undefined;
      return '[ERROR-fd5a7750-7182-4b38-90ba-091824478903]DB Version mismatch';
    }
    if (command === 'setIntegrationContext') this.context = value;
    if (command === 'setLastRun') this.lastRun = value;
    return JSON.stringify(
      { getIntegrationContext: { context: this.context }, getLastRun: this.lastRun }[command] ?? {},
    );
  }
}
