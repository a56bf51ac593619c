import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ARCHITECTURE, withLayers } from './architecture';
import { catalogFile } from './catalog-file';
import { commandExamples } from './command-examples';
import { commandsFile } from './commands-file';
import { commandFiles, readDeclarations } from './declarations';
import { PROGRAMS, withErrorCodes } from './error-codes';
import { readExamples } from './examples';
import { graphFile } from './graph-file';
import { graphModelFile } from './graph-model-file';
import { readManifest, withOutputs } from './manifest';
import { readModel } from './model';
import { type DeclaredResponse, declaredResponses, outputsOf } from './outputs';
import { PARAMETERS, parametersFile } from './parameters';
import { REFERENCE, referenceFile } from './reference';
import { resultsFile } from './results-file';
import { typesFile } from './types-file';
import { VALIDATOR_TYPES, validatorsFile } from './validators-file';

/** Every generated file's text by its path below the root, made from the hand-written files there. */
export async function generatedFiles(root: string): Promise<Record<string, string>> {
  const model = readModel(readFileSync(join(root, 'src/model/model.yml'), 'utf8'));
  const commands = Object.values(await readDeclarations(root)).flatMap((declared) =>
    Object.entries(declared),
  );
  const written = commands.filter(([, command]) => 'byHand' in command).map(([name]) => name);
  const outputs = mapped(commands, (command) =>
    declaredResponses(command).flatMap((one) => outputsOf(model, one)),
  );
  const integration = withOutputs(readFileSync(join(root, 'integration.yml'), 'utf8'), outputs, written);
  const manifest = readManifest(integration);
  return {
    'integration.yml': integration,
    [ARCHITECTURE]: withLayers(readFileSync(join(root, ARCHITECTURE), 'utf8')),
    [PROGRAMS]: withErrorCodes(readFileSync(join(root, PROGRAMS), 'utf8')),
    [REFERENCE]: referenceFile(manifest, readExamples()),
    [PARAMETERS]: parametersFile(manifest),
    'src/manifest/generated/manifest.json': `${JSON.stringify(manifest, null, 1)}\n`,
    'src/doors/cli/generated/examples.json': `${JSON.stringify(
      commandExamples(
        root,
        manifest.script.commands.map(({ name }) => name),
      ),
      null,
      1,
    )}\n`,
    'src/manifest/generated/types.ts': typesFile(manifest),
    'src/commands/generated/results.ts': resultsFile(model, Object.fromEntries(commands.filter(isReading))),
    'src/manifest/generated/commands.ts': commandsFile(manifest),
    'src/model/generated/graph.ts': graphFile(model),
    'src/model/generated/graph-model.json': graphModelFile(model),
    'src/commands/generated/catalog.ts': catalogFile(commandFiles(root)),
    'src/manifest/generated/validators.js': validatorsFile(),
    'src/manifest/generated/validators.d.ts': VALIDATOR_TYPES,
  };
}

/** Whether a command reads one kind of object; one that rates indicators reads several, one about the sign-in none. */
function isReading(command: readonly [string, object]): command is [string, DeclaredResponse] {
  return 'routes' in command[1];
}

function mapped<From, To>(entries: readonly (readonly [string, From])[], map: (value: From) => To) {
  return Object.fromEntries(entries.map(([name, value]) => [name, map(value)]));
}
