import { VERSION } from '../../base/version';
import { firstSentence } from '../../manifest/first-sentence';
import manifest from '../../manifest/generated/manifest.json';
import type { CommandName } from '../../manifest/generated/types';
import { argumentsOf, mainArgument, shortName } from '../../manifest/short-names';
import type { WebSetup } from './shared/protocol';

interface ManifestCommand {
  readonly name: string;
  readonly description: string;
  readonly arguments: readonly { readonly name: string; readonly description: string }[];
}

/** The commands as the page completes and explains them. */
export function setup(): WebSetup {
  const commands = manifest.script.commands as readonly ManifestCommand[];
  return {
    version: VERSION,
    commands: commands.map(({ name, description, arguments: declared }) => {
      const command = name as CommandName;
      const main = mainArgument(command);
      const specs = argumentsOf(command);
      return {
        name: shortName(command),
        help: firstSentence(description),
        ...(main === undefined ? {} : { main }),
        arguments: declared.map((argument) => {
          const spec = specs[argument.name];
          const choices = spec?.kind === 'flag' ? ['true', 'false'] : spec?.choices;
          return {
            name: argument.name,
            help: firstSentence(argument.description),
            required: spec?.required ?? false,
            ...(choices === undefined ? {} : { choices }),
          };
        }),
      };
    }),
  };
}
