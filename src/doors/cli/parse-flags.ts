import { type ParseArgsConfig, parseArgs } from 'node:util';
import { PluginError } from '../../base/errors';

/** What is wrong with a flag, by the code that Node gives it. */
const FAULTS: Readonly<Record<string, (flag: string) => string>> = {
  ERR_PARSE_ARGS_UNKNOWN_OPTION: (flag) => `There is no option ${flag}.`,
  ERR_PARSE_ARGS_INVALID_OPTION_VALUE: (flag) =>
    `The option ${flag} is not used so: it takes a value behind it, or none at all.`,
  ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL: (word) => `Nothing is known of ${word}.`,
};

/**
 * The flags of a command line.
 * @param help the command that tells which flags there are.
 * @throws PluginError INVOCATION_UNREADABLE naming the flag that cannot be used.
 */
export function readFlags<const Config extends ParseArgsConfig>(
  config: Config,
  help: string,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (cause) {
    const fault = cause instanceof Error && 'code' in cause ? FAULTS[String(cause.code)] : undefined;
    if (fault === undefined) throw cause;
    const named = /'((?:-\w, )?-?-?[^' ]+)/.exec(cause instanceof Error ? cause.message : '')?.[1] ?? '';
    throw new PluginError('INVOCATION_UNREADABLE', fault(named), {
      hint: `${help} shows what there is.`,
      cause,
    });
  }
}
