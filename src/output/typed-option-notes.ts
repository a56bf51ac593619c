import { type Applied, appliedOption } from '../graph/applied-options';
import { isRejection } from '../graph/rejected-options';
import type { GraphRequest, GraphResult } from '../graph/request';
import { withSentence } from '../http/retry';
import { type Capability, capabilityOf, type OptionName } from '../model/capabilities';

/**
 * Adds notes to responses about the options typed in `odata`: those that Graph ignored or rejected, and those of
 * which no document says that Graph applies them here and the rows do not show it.
 */
export function withTypedOptionNotes(results: readonly GraphResult[]): GraphResult[] {
  return results.map((result) => {
    if (result.kind === 'missing') return result;
    if (result.kind === 'failed') return withReason(result);
    const received = result.kind === 'entity' ? { rows: [result.value] } : result;
    const notes = notesOn(result.request, received);
    return notes.length === 0 ? result : { ...result, warnings: [...(result.warnings ?? []), ...notes] };
  });
}

function notesOn({ path, query, typed = [] }: GraphRequest, received: Parameters<typeof appliedOption>[1]) {
  const capability = capabilityOf(path);
  return query
    .filter(({ name }) => typed.includes(name))
    .flatMap((option) =>
      noteOn(option.name, appliedOption(option, received), received.rows.length, capability),
    );
}

function noteOn(
  name: OptionName,
  applied: Applied,
  rows: number,
  capability: Capability | undefined,
): string[] {
  const standing = documentationNote(name, capability);
  if (applied === 'ignored')
    return [`Graph ignored ${name}: ${EFFECT[name] ?? 'the rows show it'}.${standing}`];
  if (applied === 'applied' || rows === 0 || isDocumented(name, capability)) return [];
  return [`Graph may have ignored ${name}; the response does not show whether it was applied.${standing}`];
}

/** The effect on the rows that shows that an option was ignored. */
const EFFECT: Readonly<Partial<Record<OptionName, string>>> = {
  $expand: 'some rows do not contain the expanded property',
  $filter: 'some rows do not match it',
  $orderby: 'the rows are in another order',
  $select: 'some rows have other properties',
};

/** Returns a sentence about the documented support for an option; empty if the option should work. */
function documentationNote(name: OptionName, capability: Capability | undefined): string {
  const isExcluded = capability?.source === 'csdl' && capability.excluded.includes(name);
  if (isDocumented(name, capability))
    return isExcluded ? ` Microsoft documents ${name} here, but its metadata excludes it.` : '';
  const listed = capability?.documented ?? [];
  const others = listed.length === 0 ? 'no query options' : listed.join(', ');
  return ` Microsoft documents ${others} here${isExcluded ? `, and its metadata excludes ${name}` : ''}.`;
}

function isDocumented(name: OptionName, capability: Capability | undefined): boolean {
  return capability?.documented.includes(name) === true;
}

/** Adds the options that Microsoft documents to a rejection. */
function withReason(result: Extract<GraphResult, { kind: 'failed' }>): GraphResult {
  const { request, error } = result;
  if (!isRejection(error) || !('path' in request)) return result;
  const { path, typed = [] } = request as GraphRequest;
  const capability = capabilityOf(path);
  const sentences = new Set(typed.map((name) => documentationNote(name, capability).trim()).filter(Boolean));
  return sentences.size === 0 ? result : { ...result, error: withSentence(error, [...sentences].join(' ')) };
}
