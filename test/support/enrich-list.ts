import { enrichVerb } from '../../src/doors/cli/enrich/enrich';
import type { Sandbox } from '../../src/sandbox';

export type EnrichCall = Parameters<typeof enrichVerb>[0];

/** `mdti enrich` without any option. */
export const NO_OPTIONS: EnrichCall['options'] = {
  column: undefined,
  out: undefined,
  output: undefined,
  'max-age': undefined,
  fresh: undefined,
  rate: undefined,
  queue: undefined,
  tenant: undefined,
  folder: undefined,
  every: undefined,
  quiet: false,
};

/** Runs `mdti enrich LIST` with these options in this process. @returns the exit status or the error, and stderr */
export async function enrichList(
  sandbox: Sandbox,
  list: string,
  options: Partial<EnrichCall['options']>,
  params: Partial<Record<string, string>> = {},
) {
  let stderr = '';
  const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    stderr += text;
    return true;
  });
  const call: EnrichCall = {
    words: [list],
    options: { ...NO_OPTIONS, ...options },
    // Without stored responses, each run requests its rows.
    overrides: { params: { ...sandbox.params, cache_ttl: '0', ...params }, ca: sandbox.ca },
    profile: undefined,
    paramsFile: undefined,
    flags: [],
  };
  const ended = await enrichVerb(call).catch(({ code, message, hint }) => ({ code, message, hint }));
  write.mockRestore();
  return { ended, stderr };
}
