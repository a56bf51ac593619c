import type { Command } from '../../commands/declaration/command';
import { API, pathPart, type Route } from '../../graph/route';
import { navigationOf, ROOT } from '../../model/model';

/** The type of the objects behind a route: its names are followed through the model, ids change nothing. */
export function typeBehind({ line }: Route): string {
  return segments(line)
    .filter((segment) => !segment.startsWith('{'))
    .reduce((type, segment) => navigationOf(type)[segment]?.type ?? type, ROOT);
}

/** The types of a command's objects by their names in context; one for a list command. */
export function typesOf(command: Command): Readonly<Record<string, string>> {
  if ('asks' in command)
    return Object.fromEntries(Object.entries(command.asks).map(([part, route]) => [part, typeBehind(route)]));
  if ('routes' in command) {
    const [first] = command.routes;
    return first === undefined ? {} : { [command.context]: typeBehind(first) };
  }
  const parts = Object.values(command.parts ?? {}) as Command[];
  return Object.assign({}, ...parts.map(typesOf));
}

/** The names under which rows carry the id of their parent. */
export function parentIdsOf({ routes }: { readonly routes: readonly Route[] }): string[] {
  const ids = routes.flatMap(({ line }) => {
    const [, placeholder = '', child] = segments(line);
    const name = PARENT_IDS[placeholder];
    return child === undefined || name === undefined ? [] : [name];
  });
  return [...new Set(ids)];
}

const PARENT_IDS: Readonly<Record<string, string>> = {
  '{host_id}': 'hostId',
  '{article_id}': 'articleId',
  '{intel_profile_id}': 'intelligenceProfileId',
  '{vulnerability_id}': 'vulnerabilityId',
  '{whois_record_id}': 'whoisRecordId',
  '{ssl_certificate_id}': 'sslCertificateId',
};

function segments(line: string): string[] {
  return pathPart(line).slice(`${API}/`.length).split('/');
}
