import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogueFile } from './catalogue-file';
import { commandsFile } from './commands-file';
import { commandFiles, type Declarations, readDeclarations } from './declarations';
import { graphFile } from './graph-file';
import { graphModelFile } from './graph-model-file';
import { readManifest, withOutputs } from './manifest';
import { readModel } from './model';
import { type Answers, outputsOf } from './outputs';
import { resultsFile } from './results-file';
import { typesFile } from './types-file';
import { VALIDATOR_TYPES, validatorsFile } from './validators-file';

/** Every generated file's text by its path below the root, made from the hand-written files there. */
export async function generatedFiles(root: string): Promise<Record<string, string>> {
  const model = readModel(readFileSync(join(root, 'src/graph/model.yml'), 'utf8'));
  const reading = readingCommands(await readDeclarations(root));
  const outputs = mapped(reading, (answers) => outputsOf(model, answers));
  const integration = withOutputs(readFileSync(join(root, 'integration.yml'), 'utf8'), outputs);
  const manifest = readManifest(integration);
  return {
    'integration.yml': integration,
    'src/generated/manifest.json': `${JSON.stringify(manifest, null, 1)}\n`,
    'src/generated/types.ts': typesFile(manifest),
    'src/generated/results.ts': resultsFile(model, reading),
    'src/generated/commands.ts': commandsFile(manifest),
    'src/generated/graph.ts': graphFile(model),
    'src/generated/graph-model.json': graphModelFile(model),
    'src/generated/catalogue.ts': catalogueFile(commandFiles(root)),
    'src/generated/validators.js': validatorsFile(manifest),
    'src/generated/validators.d.ts': VALIDATOR_TYPES,
  };
}

/** The commands that ask Graph, by their names. */
function readingCommands(declarations: Readonly<Record<string, Declarations>>): Record<string, Answers> {
  const commands = Object.values(declarations).flatMap((declared) => Object.entries(declared));
  return Object.fromEntries(
    commands.filter((command): command is [string, Answers] => 'routes' in command[1]),
  );
}

function mapped<From, To>(record: Readonly<Record<string, From>>, map: (value: From) => To) {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
