import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../../test/faults/random';
import { brokenLine, invocation, type Line, mcpLine, observable, warRoomLine } from './documents';
import type { Feed, Outcome } from './program';

/** What a door is given besides chance. */
export interface Setting {
  readonly params: Readonly<Record<string, unknown>>;
  /** The same parameters in a file. */
  readonly paramsFile: string;
  /** Where the program keeps its files. */
  readonly folder: string;
}

/** One session with a door: what goes in, and what has to come out. */
export interface Session extends Feed {
  /** What is wrong with an outcome that nothing disturbed; `healthy` if the services responded everything as well. */
  judge(outcome: Outcome, healthy: boolean): string | undefined;
  /** A second program that has to end well after the first one was disturbed, with its own verdict. */
  readonly after?: { readonly feed: Feed; judge(outcome: Outcome): string | undefined };
}

export const DOORS: Readonly<Record<string, (random: Random, setting: Setting) => Session>> = {
  run: (random, { params }) => {
    const { document, meant } = invocation(random, params);
    const spoilt = random.chance(10);
    const text = spoilt ? brokenLine(random) : JSON.stringify(document);
    return {
      args: ['run'],
      lines: [text],
      judge({ stdout, status }, healthy) {
        const response = parse(stdout);
        const entries = response?.entries;
        if (!Array.isArray(entries)) return 'no document on stdout';
        const failed = entries.some(({ Type }) => Type === 4);
        if (failed !== (status !== 0)) return `status ${status} with ${failed ? 'an' : 'no'} error entry`;
        return healthy && meant && !spoilt && failed ? `failed: ${entries[0]?.Contents}` : undefined;
      },
    };
  },

  serve: (random, { params }) => {
    const lines = Array.from({ length: 1 + random.below(12) }, (_, id): Line => {
      if (random.chance(15)) return { text: brokenLine(random), meant: false };
      const { document, meant } = invocation(random, params);
      return { id, meant, text: JSON.stringify({ id, ...document }) };
    });
    return {
      args: ['serve'],
      lines: lines.map(({ text }) => text),
      judge({ stdout }, healthy) {
        const responses = rows(stdout).map(parse);
        const responded = responses.filter((response) => response?.state === undefined);
        if (responded.length !== lines.length)
          return `${responded.length} responses to ${lines.length} lines`;
        for (const { id, meant } of lines.filter((line) => line.id !== undefined)) {
          const own = responded.filter((response) => response?.id === id);
          if (own.length !== 1) return `${own.length} responses to id ${id}`;
          const failed = own[0]?.entries.find(({ Type }: { Type: number }) => Type === 4);
          if (healthy && meant && failed !== undefined) return `failed: ${failed.Contents}`;
        }
        return undefined;
      },
    };
  },

  'xsoar-loop': (random, { params }) => {
    const calls = Array.from({ length: 1 + random.below(4) }, () => invocation(random, params).document);
    let completed = 0;
    return {
      args: ['xsoar-loop'],
      lines: [JSON.stringify(calls[0])],
      reply(line) {
        const message = parse(line);
        if (message?.type === 'completed') {
          completed += 1;
          return completed < calls.length ? JSON.stringify(calls[completed]) : 'end';
        }
        if (message?.type === 'log') return 'null';
        if (message?.type !== 'executeCommand') return undefined;
        if (random.chance(5)) return brokenLine(random);
        return random.chance(5)
          ? '[ERROR-fd5a7750-7182-4b38-90ba-091824478903]refused'
          : JSON.stringify(message.command === 'getIntegrationContext' ? { context: {}, version: 1 } : {});
      },
      judge: () =>
        completed === calls.length ? undefined : `${completed} of ${calls.length} calls completed`,
    };
  },

  mcp: (random, { paramsFile }) => {
    const lines = Array.from({ length: 1 + random.below(8) }, (_, id) => mcpLine(random, id));
    const open = new Set(lines.flatMap(({ id }) => id ?? []));
    let broken = lines.length - open.size;
    let doubled = 0;
    return {
      args: ['mcp', '--params', paramsFile],
      lines: lines.map(({ text }) => text),
      reply(line) {
        const response = parse(line);
        if (typeof response?.id === 'number') doubled += open.delete(response.id) ? 0 : 1;
        else if (response?.id === null) broken -= 1;
        return open.size === 0 && broken === 0 ? 'end' : undefined;
      },
      judge() {
        if (broken !== 0) return `${broken} broken lines without a response`;
        if (open.size > 0) return `no response to ${[...open].join(', ')}`;
        return doubled > 0 ? `${doubled} unrequested responses` : undefined;
      },
    };
  },

  'war-room': (random, { paramsFile }) => {
    const args = ['war-room', 'campaign', '--params', paramsFile];
    return {
      args,
      lines: Array.from({ length: 1 + random.below(6) }, () => warRoomLine(random)),
      judge: ({ status }) => (status === 0 || status === 1 ? undefined : `status ${status}`),
      after: {
        feed: { args, lines: ['/context', '/entries'] },
        judge: ({ status, stderr }) =>
          status === 0 ? undefined : `the investigation cannot be opened again: ${stderr.slice(0, 200)}`,
      },
    };
  },

  enrich: (random, { paramsFile, folder }) => {
    const [input, out] = [join(folder, 'observables.txt'), join(folder, 'rows.ndjson')];
    // The first line of random text could be the header of a CSV.
    const lines = ['contoso.com', ...Array.from({ length: random.below(120) }, () => observable(random))];
    writeFileSync(input, `${lines.join('\n')}\n`);
    const args = ['enrich', input, '--out', out, '--params', paramsFile];
    const judge = ({ status, stderr }: Outcome): string | undefined => {
      if (status !== 0 && status !== 3) return `status ${status}: ${stderr.slice(-300)}`;
      const written = rows(readFileSync(out, 'utf8')).map(parse);
      if (written.length !== lines.length) return `${written.length} rows for ${lines.length} observables`;
      const wrong = written.findIndex((row, at) => !isAbout(row?.input, lines[at]));
      return wrong < 0 ? undefined : `row ${wrong + 1} is not about observable ${wrong + 1}`;
    };
    return { args, lines: [], judge: () => undefined, after: { feed: { args, lines: [] }, judge } };
  },
};

/** A row quotes the beginning of an observable that is too long. */
function isAbout(input: unknown, line = ''): boolean {
  return typeof input === 'string' && input !== '' && line.startsWith(input);
}

function rows(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

// biome-ignore lint/suspicious/noExplicitAny: whatever a program wrote
function parse(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
