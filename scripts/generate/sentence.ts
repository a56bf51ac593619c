import { lineage } from '../../src/model/walk';
import { concreteTypes, type Model, typeOf } from './model';

/** The sentence or noun with `{it}` named. */
export function say(template: string, it: string): string {
  return template.replaceAll('{it}', it);
}

/** The sentence about a plain value, with what its type knows: a date's format, an enum's members. */
export function sentence(model: Model, type: string, template: string, it: string): string {
  return `${say(template, it).replace(/\.$/, '')}${knownOf(model, type)}.`;
}

/** The sentence about an entity's id, which the nearest type in its lineage has. */
export function idSentence(model: Model, name: string, it: string): string {
  const template = lineage(model, name)
    .map((type) => typeOf(model, type).id)
    .findLast((id) => id !== undefined);
  if (template === undefined) throw new Error(`model.yml has no sentence for the id of ${name}`);
  return say(template, it);
}

/** The sentence about the annotation that names the model type of an entity. */
export function typeSentence(model: Model, name: string, it: string): string {
  const template = typeOf(model, name).abstract ? model.odataType.abstract : model.odataType.concrete;
  return say(template, it).replace('{types}', either(concreteTypes(model, name)));
}

/** What an entity is called inside sentences. */
export function nounOf(model: Model, name: string): string {
  const { it } = typeOf(model, name);
  if (it === undefined) throw new Error(`model.yml has no noun (it) for ${name}`);
  return it;
}

function knownOf(model: Model, type: string): string {
  if (type.startsWith('Edm.')) return model.formats[type.slice('Edm.'.length)] ?? '';
  const members = typeOf(model, type).members?.filter((member) => member !== 'unknownFutureValue') ?? [];
  return `: ${either(members)}`;
}

function either(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
