import { isMap, isSeq, parse, parseDocument } from 'yaml';
import type { Manifest, Output } from '../manifest/shape';

export function readManifest(yaml: string): Manifest {
  return parse(yaml) as Manifest;
}

/** The manifest's text with the outputs of each command written into it; comments and order stay as they are. */
export function withOutputs(yaml: string, outputs: Readonly<Record<string, readonly Output[]>>): string {
  const document = parseDocument(yaml);
  const commands = document.getIn(['script', 'commands']);
  if (!isSeq(commands)) throw new Error('integration.yml has no list script.commands');
  for (const command of commands.items) {
    if (!isMap(command)) throw new Error('integration.yml has a command that is no map');
    const declared = outputs[String(command.get('name'))];
    if (declared === undefined) command.delete('outputs');
    else command.set('outputs', document.createNode(declared));
  }
  return document.toString({ lineWidth: 120 });
}
