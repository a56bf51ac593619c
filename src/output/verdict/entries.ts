import type { Config } from '../../config/config';
import type { GraphAnswer } from '../../graph/request';
import type { Inquiry } from '../../plan/inquiry';
import { contextKey, standardKey } from '../../platform/context';
import { DBOT_SCORE_KEY, VENDOR } from '../../platform/dbot-score';
import { type Entry, resultEntry } from '../../platform/entry';
import { contextRelationship, type Relationship } from '../../platform/relationship';
import { noneHad } from '../none-had';
import { capped, withRelationships } from '../relationships/collect';
import { cutTexts } from '../to-context';
import { type Finding, findingOf, isFailure } from './finding';
import type { Part } from './known';
import { markdownOf } from './markdown';
import { reasons } from './rules';
import { ratingOf } from './score';
import { standardObject } from './standard/standard';
import type { Verdict } from './verdict';

/**
 * One entry an indicator (Contract 3).
 * @param answers of each inquiry, in the order of its steps
 * @throws PluginError the reason, when every one of them failed.
 */
export function verdictEntries(
  verdict: Verdict,
  inquiries: readonly Inquiry[],
  answers: readonly (readonly GraphAnswer[])[],
  config: Config,
): Entry[] {
  const parts = Object.keys(verdict.asks) as Part[];
  const findings = inquiries.map(({ indicator }, index) => findingOf(indicator, parts, answers[index] ?? []));
  if (findings.every(isFailure)) {
    const [first, ...others] = findings.flatMap(({ indicator, failed }) =>
      failed.slice(0, 1).map(({ error }) => ({ id: indicator, error })),
    );
    if (first !== undefined) throw noneHad([first, ...others], findings.length, verdict.many);
  }
  return findings.map((finding) => entryOf(verdict, finding, config));
}

function entryOf(verdict: Verdict, finding: Finding, config: Config): Entry {
  const { known, raw } = finding;
  const { maxTextLength } = config.limits;
  const own = Object.entries(known).map(([part, object]) => [
    contextKey(part),
    cutTexts(object, maxTextLength),
  ]);
  const single = Object.keys(verdict.asks).length === 1;
  const contents = Object.keys(raw).length === 0 ? null : single ? Object.values(raw)[0] : raw;
  const related = verdict.relates?.(finding.indicator, known) ?? [];
  const entry = resultEntry(contents, markdownOf(verdict, finding), {
    ...sharedContext(verdict, finding, capped(related, config).kept, config),
    ...Object.fromEntries(own),
  });
  return withRelationships(entry, related, config);
}

/** What other integrations and playbooks read: the indicator itself, and its score. */
function sharedContext(
  verdict: Verdict,
  finding: Finding,
  related: readonly Relationship[],
  config: Config,
): Readonly<Record<string, unknown>> {
  const { indicator, known, requests } = finding;
  const { score, message } = ratingOf(finding, 'HostReputation' in verdict.asks);
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
