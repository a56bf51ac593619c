import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** An empty project somewhere else, with the packed package in it. */
export function emptyProjectWith(tarball: string): string {
  const project = mkdtempSync(join(tmpdir(), 'consumer-'));
  writeFileSync(join(project, 'package.json'), '{ "private": true }\n');
  execFileSync(
    'npm',
    ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', '--silent', tarball],
    {
      cwd: project,
    },
  );
  return project;
}

const STRICT = ['--strict', '--exactOptionalPropertyTypes', '--module', 'nodenext', '--target', 'es2022'];

/** Compiles programs in the project, declarations of the package included, and gives what came out. */
export function compile(root: string, project: string, programs: readonly string[]): string[] {
  const copies = programs.map((program) => join(project, basename(program)));
  for (const program of programs) copyFileSync(program, join(project, basename(program)));
  const nodeTypes = ['--types', 'node', '--typeRoots', join(root, 'node_modules/@types')];
  execFileSync(join(root, 'node_modules/.bin/tsc'), [...STRICT, ...nodeTypes, ...copies], {
    cwd: project,
    stdio: 'inherit',
  });
  return copies.map((copy) => copy.replace(/\.(.)ts$/, '.$1js'));
}
