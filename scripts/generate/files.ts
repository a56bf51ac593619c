import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogueFile } from './catalogue-file';
import { commandsFile } from './commands-file';
import { commandFiles, type Declarations, readDeclarations } from './declarations';
import { graphFile } from './graph-file';
import { graphModelFile } from './graph-model-file';
import { readManifest, withOutputs } from './manifest';
import { type Model, readModel } from './model';
import { type Answers, outputsOf } from './outputs';
import { typesFile } from './types-file';
import { VALIDATOR_TYPES, validatorsFile } from './validators-file';

/** Every generated file's text by its path below the root, made from the hand-written files there. */
export async function generatedFiles(root: string): Promise<Record<string, string>> {
  const model = readModel(readFileSync(join(root, 'src/graph/model.yml'), 'utf8'));
  const outputs = outputsByCommand(model, await readDeclarations(root));
  const integration = withOutputs(readFileSync(join(root, 'integration.yml'), 'utf8'), outputs);
  const manifest = readManifest(integration);
  return {
    'integration.yml': integration,
    'src/generated/manifest.json': `${JSON.stringify(manifest, null, 1)}\n`,
    'src/generated/types.ts': typesFile(manifest),
    'src/generated/commands.ts': commandsFile(manifest),
    'src/generated/graph.ts': graphFile(model),
    'src/generated/graph-model.json': graphModelFile(model),
    'src/generated/catalogue.ts': catalogueFile(commandFiles(root)),
    'src/generated/validators.js': validatorsFile(manifest),
    'src/generated/validators.d.ts': VALIDATOR_TYPES,
  };
}

function outputsByCommand(model: Model, declarations: Readonly<Record<string, Declarations>>) {
  const commands = Object.values(declarations).flatMap((declared) => Object.entries(declared));
  const reading = commands.filter((command): command is [string, Answers] => 'routes' in command[1]);
  return Object.fromEntries(reading.map(([name, answers]) => [name, outputsOf(model, answers)]));
}
