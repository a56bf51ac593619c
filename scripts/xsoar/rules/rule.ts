import { parse } from 'yaml';
import type { Manifest } from '../../manifest/shape';
import type { Playbook } from '../../playbooks/shape';

/** A content pack as the platform imports it: the bytes of every file by its path, as text (Latin-1 for a picture). */
export type Pack = Readonly<Record<string, string>>;

/** A rule of the platform's public validator, by its code there; XREF is about files that name each other. */
export interface PackRule {
  readonly code: string;
  readonly wants: string;
  /** What is wrong, an item each. */
  readonly broken: (pack: Pack) => readonly string[];
}

export function integrations(pack: Pack): [string, Manifest][] {
  return yamlFiles<Manifest>(pack, 'Integrations/');
}

export function playbooks(pack: Pack): [string, Playbook][] {
  return yamlFiles<Playbook>(pack, 'Playbooks/');
}

/** The JSON files of a folder, by path. */
export function jsonFiles(pack: Pack, folder: string): [string, Readonly<Record<string, unknown>>][] {
  return Object.entries(pack)
    .filter(([path]) => path.startsWith(folder) && path.endsWith('.json'))
    .map(([path, content]) => [path, object(content)]);
}

const documents = new Map<string, { readonly content: string; readonly document: unknown }>();

/** The document in a YAML or JSON file; do not change it. Many rules read the same large file, which is parsed once. */
export function documentIn(path: string, content: string): unknown {
  const known = documents.get(path);
  if (known?.content === content) return known.document;
  // JSON is YAML too, and read much faster.
  const isYaml = path.endsWith('.yml') && !content.startsWith('{');
  const document = isYaml ? parse(content, { version: '1.1' }) : JSON.parse(content);
  documents.set(path, { content, document });
  return document;
}

export function object(content = '{}'): Readonly<Record<string, unknown>> {
  return JSON.parse(content);
}

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The README beside a content item. */
export function readmeOf(path: string): string {
  return path.replace(/\.yml$/, '_README.md');
}

function yamlFiles<T>(pack: Pack, folder: string): [string, T][] {
  return Object.entries(pack)
    .filter(([path]) => path.startsWith(folder) && path.endsWith('.yml'))
    .map(([path, content]) => [path, documentIn(path, content) as T]);
}
