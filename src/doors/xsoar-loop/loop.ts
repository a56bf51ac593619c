import { toPluginError } from '../../base/errors';
import { isRecord, type JsonObject, parseBoundedJson, scalarText } from '../../base/json';
import type { Log } from '../../base/log';
import { type Engine, type EngineOptions, openEngine } from '../../engine/engine';
import { type Entry, errorEntry, isErrorEntry } from '../../xsoar/entry';
import { keyOf } from '../serve/pool';
import { integrationContext, lastRun, type Server, type ShimLine, server } from './server';

interface LoopOptions {
  /** Returns the log that writes to the platform. */
  readonly log: (platform: Server) => Log;
  /** Opens a plugin; `openEngine` by default. */
  readonly open?: (options: EngineOptions) => Engine;
}

/** Configurations whose plugins stay open. */
const MOST = 16;

/**
 * `mdti xsoar-loop`: the platform's container protocol. One command after the other on one process, so that connections and
 * the compiled code are kept; ends with stdin, or after one command if the platform sends `native`.
 */
export async function loop(line: ShimLine, options: LoopOptions): Promise<void> {
  const platform = server(line);
  const perform = performer(line, platform, options);
  for (;;) {
    const text = await line.read();
    if (text === undefined) return;
    if (text.trim() === 'ping') {
      line.write({ type: 'pong' });
      continue;
    }
    const call = parseBoundedJson(text);
    await runLine(line, platform, () => perform(isRecord(call) ? call : {}));
    if (isRecord(call) && call.native === true) return;
  }
}

async function runLine(line: ShimLine, platform: Server, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    line.write(exception(String(errorEntry(toPluginError(error)).Contents)));
  }
  await platform.settled();
  line.write({ type: 'completed' });
}

/** Runs the platform's calls; one plugin stays open for each configuration. */
function performer(line: ShimLine, platform: Server, { log, open = openEngine }: LoopOptions) {
  const plugins = new Map<string, Engine>();
  const ports = { store: integrationContext(platform), lastRun: lastRun(platform), log: log(platform) };

  function pluginFor(params: JsonObject): Engine {
    const key = keyOf(params);
    const plugin = plugins.get(key) ?? open({ params, ...ports });
    // The one that was used longest ago is first.
    plugins.delete(key);
    plugins.set(key, plugin);
    for (const oldest of plugins.keys()) {
      if (plugins.size <= MOST) break;
      plugins.delete(oldest);
    }
    return plugin;
  }

  return async (call: JsonObject): Promise<void> => {
    const command = scalarText(call.command);
    const args = isRecord(call.args) ? call.args : {};
    const params = isRecord(call.params) ? call.params : {};
    if (command === 'test-module') {
      const { entries } = await open({ params, log: ports.log }).execute(command, args);
      return line.write(result(entries.map(({ Contents }) => note('text', String(Contents)))));
    }
    const outcome = await pluginFor(params).execute(command, args);
    if (command !== 'fetch-incidents') return line.write(result(outcome.entries));
    const failed = outcome.entries.find(isErrorEntry);
    if (failed !== undefined) return line.write(exception(String(failed.Contents)));
    // The incidents first: a crash in between repeats a fetch; the other way round it would lose the articles of one.
    line.write(result([note('json', JSON.stringify(outcome.incidents ?? []))]));
    if (outcome.lastRun !== undefined) await ports.lastRun.write(outcome.lastRun);
  };
}

function result(results: readonly Entry[] | readonly JsonObject[]): JsonObject {
  return { type: 'result', results };
}

function exception(text: string): JsonObject {
  return { type: 'exception', args: { exception: text } };
}

/** Returns the entry that the platform itself creates for a string and for the incidents of a fetch. */
function note(format: 'text' | 'json', contents: string): JsonObject {
  return { Type: 1, ContentsFormat: format, Contents: contents };
}
