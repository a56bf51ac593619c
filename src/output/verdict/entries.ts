import type { Config } from '../../config/config';
import type { GraphResult } from '../../graph/request';
import type { IndicatorRequests } from '../../plan/indicator-requests';
import { contextKey, standardKey } from '../../xsoar/context-keys';
import { DBOT_SCORE_KEY, VENDOR } from '../../xsoar/dbot-score';
import { type Entry, resultEntry } from '../../xsoar/entry';
import { contextRelationship, type Relationship } from '../../xsoar/relationship';
import { allFailed } from '../all-failed';
import { limitRelationships, withRelationships } from '../relationships/add-relationships';
import { cutTexts } from '../to-context';
import type { IndicatorCommand } from './indicator-command';
import { type IndicatorResult, indicatorResult, isFailure } from './indicator-command';
import { markdownOf } from './markdown';
import { reasons } from './rules';
import { verdictRating } from './score';
import type { GraphPart } from './standard';
import { standardObject } from './standard';

/**
 * One entry an indicator (Contract 3).
 * @param results of each inquiry, in the order of its steps
 * @throws PluginError the reason, when every one of them failed.
 */
export function verdictEntries(
  verdict: IndicatorCommand,
  indicatorRequests: readonly IndicatorRequests[],
  results: readonly (readonly GraphResult[])[],
  config: Config,
): Entry[] {
  const parts = Object.keys(verdict.reads) as GraphPart[];
  const findings = indicatorRequests.map(({ indicator }, index) =>
    indicatorResult(indicator, parts, results[index] ?? []),
  );
  if (findings.every(isFailure)) {
    const [first, ...others] = findings.flatMap(({ indicator, failed }) =>
      failed.slice(0, 1).map(({ error }) => ({ id: indicator, error })),
    );
    if (first !== undefined) throw allFailed([first, ...others], findings.length, verdict.many);
  }
  return findings.map((finding) => entryOf(verdict, finding, config));
}

function entryOf(verdict: IndicatorCommand, finding: IndicatorResult, config: Config): Entry {
  const { known, raw } = finding;
  const { maxTextLength } = config.limits;
  const own = Object.entries(known).map(([part, object]) => [
    contextKey(part),
    cutTexts(object, maxTextLength),
  ]);
  const single = Object.keys(verdict.reads).length === 1;
  const contents = Object.keys(raw).length === 0 ? null : single ? Object.values(raw)[0] : raw;
  const related = verdict.relates?.(finding.indicator, known) ?? [];
  const entry = resultEntry(contents, markdownOf(verdict, finding), {
    ...sharedContext(verdict, finding, limitRelationships(related, config).kept, config),
    ...Object.fromEntries(own),
  });
  return withRelationships(entry, related, config);
}

/** What other integrations and playbooks read: the indicator itself, and its score. */
function sharedContext(
  verdict: IndicatorCommand,
  finding: IndicatorResult,
  related: readonly Relationship[],
  config: Config,
): Readonly<Record<string, unknown>> {
  const { indicator, known, requests } = finding;
  const { score, message } = verdictRating(finding, 'HostReputation' in verdict.reads);
  const { standard } = verdict;
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
      Type: verdict.indicator,
      Vendor: VENDOR,
      Score: score,
      Reliability: config.reliability,
      ...(message === undefined ? {} : { Message: message }),
    },
  };
}
