import { parse } from 'yaml';
import { derivesFrom, descendants } from '../../src/model/walk';

/** How much of a navigation's target Graph puts into the response unasked: its id, or all its properties. */
export type Inlined = 'reference' | 'whole';

export interface Member {
  /** `Edm.String`, or the short name of a type in the model. */
  readonly type: string;
  readonly collection?: true;
  readonly nullable?: false;
  /** The sentence about a plain value, or the noun for a value that has parts; `{it}` is what the member belongs to. */
  readonly text?: string;
  readonly it?: string;
  readonly inlined?: Inlined;
}

export interface ModelType {
  readonly kind: 'entity' | 'complex' | 'enum';
  readonly namespace: string;
  readonly base?: string;
  readonly abstract?: true;
  readonly members?: readonly string[];
  /** Whether Graph names the types of the complex values inside an object of this type. */
  readonly annotates?: true;
  readonly it?: string;
  readonly id?: string;
  readonly properties: Readonly<Record<string, Member>>;
  readonly navigation: Readonly<Record<string, Member>>;
}

export interface Model {
  readonly root: string;
  readonly formats: Readonly<Record<string, string>>;
  readonly odataType: { readonly concrete: string; readonly abstract: string };
  readonly parent: string;
  readonly types: Readonly<Record<string, ModelType>>;
}

type Written<T> = Omit<T, 'namespace' | 'properties' | 'navigation'> & {
  readonly namespace?: string;
  readonly properties?: Readonly<Record<string, Member>>;
  readonly navigation?: Readonly<Record<string, Member>>;
};

/** The model from the text of `model.yml`, its types' shorthand (`list of article`, `String!`) taken apart. */
export function readModel(yaml: string): Model {
  const written = parse(yaml) as Model & { namespace: string; types: Record<string, Written<ModelType>> };
  const types = Object.entries(written.types).map(([name, type]): [string, ModelType] => [
    name,
    {
      ...type,
      namespace: type.namespace ?? written.namespace,
      properties: membersOf(type.properties),
      navigation: membersOf(type.navigation),
    },
  ]);
  return { ...written, types: Object.fromEntries(types) };
}

export function typeOf(model: Model, name: string): ModelType {
  const type = model.types[name];
  if (type === undefined) throw new Error(`model.yml has no type ${name}`);
  return type;
}

/** The types below an abstract one that a response can really contain, in the order of the model. */
export function concreteTypes(model: Model, name: string): string[] {
  return [name, ...descendants(model, name)].filter((type) => !typeOf(model, type).abstract);
}

/** Whether an entity set of the API contains objects of a type, so that a request can lead to them. */
export function hasSet(model: Model, name: string): boolean {
  const sets = Object.values(typeOf(model, model.root).navigation);
  return sets.some(({ type }) => derivesFrom(model, name, type));
}

function membersOf(written: Readonly<Record<string, Member>> = {}): Record<string, Member> {
  return Object.fromEntries(
    Object.entries(written).map(([name, member]) => [name, { ...member, ...reference(member.type) }]),
  );
}

function reference(written: string): Pick<Member, 'type' | 'collection' | 'nullable'> {
  const [, list, name = '', required] = /^(list of )?(\w+)(!)?$/.exec(written) ?? [];
  return {
    type: /^[A-Z]/.test(name) ? `Edm.${name}` : name,
    ...(list ? { collection: true } : {}),
    ...(required ? { nullable: false } : {}),
  };
}
