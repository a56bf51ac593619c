import type { Member, Model } from './model';

/** `src/model/generated/graph-model.json`: the model without its sentences, for all who walk along it. */
export function graphModelFile({ root, types }: Model): string {
  const bare = Object.entries(types).map(
    ([name, { kind, base, abstract, members, properties, navigation }]) => [
      name,
      {
        kind,
        base,
        abstract,
        members,
        properties: bareMembers(properties),
        navigation: bareMembers(navigation),
      },
    ],
  );
  return `${JSON.stringify({ root, types: Object.fromEntries(bare) }, null, 1)}\n`;
}

function bareMembers(members: Readonly<Record<string, Member>>) {
  const bare = Object.entries(members).map(([name, { type, collection, nullable }]) => [
    name,
    { type, collection, nullable },
  ]);
  return bare.length === 0 ? undefined : Object.fromEntries(bare);
}
