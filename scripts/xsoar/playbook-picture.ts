import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Playbook, Task } from '../playbooks/shape';

/** The picture of a playbook by the path of the playbook in the pack. */
export function pictureOf(path: string): string {
  return `doc_files/${path.replace(/^Playbooks\/playbook-/, '').replace(/\.yml$/, '')}.png`;
}

const SHAPES: Readonly<Record<Task['type'], string>> = {
  start: 'shape=oval, label="Start", fillcolor="#e5e7eb"',
  regular: 'fillcolor="#dbeafe"',
  condition: 'shape=diamond, margin="0,0", fillcolor="#fef3c7"',
  title: 'shape=plaintext, style=""',
};

/** A flow chart of a playbook's tasks in DOT (Graphviz). */
export function flowChart({ tasks }: Playbook): string {
  return [
    'digraph playbook {',
    '  graph [dpi=72, pad=0.2]; node [shape=box, style="rounded,filled", fontname="sans-serif", fontsize=12];',
    '  edge [fontname="sans-serif", fontsize=10];',
    ...Object.entries(tasks).map(([id, { type, task }]) => {
      const label = type === 'start' ? '' : `label=${JSON.stringify(wrapped(task.name))}, `;
      return `  t${id} [${label}${SHAPES[type]}];`;
    }),
    ...Object.entries(tasks).flatMap(([id, { nexttasks = {} }]) =>
      Object.entries(nexttasks).flatMap(([branch, targets]) =>
        targets.map((target) => `  t${id} -> t${target}${branchLabel(branch)};`),
      ),
    ),
    '}\n',
  ].join('\n');
}

/** `#none#` is the only way on; `#default#` is taken where no condition applies. */
function branchLabel(branch: string): string {
  if (branch === '#none#') return '';
  return ` [label=${JSON.stringify(branch === '#default#' ? 'else' : branch)}]`;
}

/** Lines of about twenty characters. */
function wrapped(text: string): string {
  return text.replace(/(.{12,20}?) /g, '$1\n');
}

export function sourceDigest(dot: string): string {
  return createHash('sha256').update(dot).digest('hex');
}

const KEYWORD = 'Source-SHA256';

/** Bytes of the PNG signature and of its first chunk, which has the size. */
const HEAD = 8 + 25;

/** Writes the digest of its source into a PNG, so that an outdated picture is noticed. */
export function withDigest(png: Buffer, digest: string): Buffer {
  const body = Buffer.from(`tEXt${KEYWORD}\0${digest}`, 'latin1');
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(body.length - 4, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return Buffer.concat([png.subarray(0, HEAD), chunk, png.subarray(HEAD)]);
}

/** Returns the digest that a PNG carries. */
export function digestIn(png: Buffer): string | undefined {
  const at = png.indexOf(`tEXt${KEYWORD}\0`, HEAD, 'latin1');
  return at < 0 ? undefined : png.toString('latin1', at + KEYWORD.length + 5, at + KEYWORD.length + 69);
}
