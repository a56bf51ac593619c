import type { Config } from '../../config/config';
import { contextKey, standardKey } from '../../xsoar/context-keys';
import { DBOT_SCORE_KEY, VENDOR } from '../../xsoar/dbot-score';
import { type Entry, resultEntry } from '../../xsoar/entry';
import { contextRelationship, type Relationship } from '../../xsoar/relationship';
import { allFailed } from '../all-failed';
import type { IndicatorResults } from '../lookups';
import { limitRelationships, withRelationships } from '../relationships/add-relationships';
import { cutTexts } from '../to-context';
import type { IndicatorCommand } from './indicator-command';
import { type IndicatorResult, indicatorResult, isFailure } from './indicator-command';
import { markdownOf } from './markdown';
import { reasons } from './rules';
import { verdictRating } from './score';
import { standardObject } from './standard';

/**
 * Builds the entries of a command about indicators: one for each indicator.
 * @throws PluginError the reason, if every indicator failed.
 */
export function verdictEntries(
  command: IndicatorCommand,
  indicators: readonly IndicatorResults[],
  config: Config,
): Entry[] {
  const results = indicators.map(indicatorResult);
  if (results.every(isFailure)) {
    const [first, ...others] = results.flatMap(({ indicator, failed }) =>
      failed.slice(0, 1).map(({ error }) => ({ id: indicator, error })),
    );
    if (first !== undefined) throw allFailed([first, ...others], results.length, command.many);
  }
  return results.map((result) => entryOf(command, result, config));
}

function entryOf(command: IndicatorCommand, result: IndicatorResult, config: Config): Entry {
  const { known, raw } = result;
  const { maxTextLength } = config.limits;
  const own = Object.entries(known).map(([part, object]) => [
    contextKey(part),
    cutTexts(object, maxTextLength),
  ]);
  const single = Object.keys(command.reads).length === 1;
  const contents = Object.keys(raw).length === 0 ? null : single ? Object.values(raw)[0] : raw;
  const related = command.relates?.(result.indicator, known) ?? [];
  const entry = resultEntry(contents, markdownOf(command, result), {
    ...sharedContext(command, result, limitRelationships(related, config).kept, config),
    ...Object.fromEntries(own),
  });
  return withRelationships(entry, related, config);
}

/** Returns the context that other integrations and playbooks read: the indicator itself, and its score. */
function sharedContext(
  command: IndicatorCommand,
  result: IndicatorResult,
  related: readonly Relationship[],
  config: Config,
): Readonly<Record<string, unknown>> {
  const { indicator, known, requests } = result;
  const { score, message } = verdictRating(result, 'HostReputation' in command.reads);
  const { standard } = command;
  const object = {
    ...standardObject(standard, indicator, known),
    ...(score === 3 && known.HostReputation !== undefined
      ? { Malicious: { Vendor: VENDOR, Description: reasons(known.HostReputation) } }
      : {}),
    ...(related.length === 0 ? {} : { Relationships: related.map(contextRelationship) }),
  };
  return {
    ...(requests === 0
      ? {}
      : { [standardKey(standard.name, standard.key)]: cutTexts(object, config.limits.maxTextLength) }),
    [DBOT_SCORE_KEY]: {
      Indicator: indicator,
      Type: command.indicator,
      Vendor: VENDOR,
      Score: score,
      Reliability: config.reliability,
      ...(message === undefined ? {} : { Message: message }),
    },
  };
}
