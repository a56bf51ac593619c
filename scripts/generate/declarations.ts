import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A command as its file in `src/commands/` declares it, of whatever sort it is. */
export type Declarations = Readonly<Record<string, object>>;

/** What each file in `src/commands/` declares, by the file's name. */
export async function readDeclarations(root: string): Promise<Record<string, Declarations>> {
  const files = commandFiles(root);
  const modules = await Promise.all(files.map((file) => import(join(root, 'src/commands', `${file}.ts`))));
  return Object.fromEntries(files.map((file, index) => [file, modules[index][exportName(file)]]));
}

/** The name that a file exports its declarations by: `hostCommands` in `src/commands/host.ts`. */
export function exportName(file: string): string {
  return `${file.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}Commands`;
}

/** The names of the files in `src/commands/`, without their extension, in alphabetical order. */
export function commandFiles(root: string): string[] {
  return readdirSync(join(root, 'src/commands'))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}
