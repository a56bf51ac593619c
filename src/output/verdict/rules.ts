import { isRecord } from '../../base/json';
import { sanitize } from '../../base/sanitize';
import { externalLink, linkedRecord } from '../../investigation/portal-link';
import type { HostReputation, HostReputationRule } from '../../model/generated/graph';
import { scalar, tableCell } from '../cell';

/** All rules of a reputation that Graph returned. */
export function rulesOf({ rules }: HostReputation): HostReputationRule[] {
  return Array.isArray(rules) ? rules.filter(isRecord) : [];
}

/** A rule as a line of markdown: severity, name, what was found, and the command that reads its record, or a link. */
export function ruleLine({ name, description, severity, relatedDetailsUrl }: HostReputationRule): string {
  const record = linkedRecord(relatedDetailsUrl);
  const link = externalLink(relatedDetailsUrl);
  const found = tableCell(description);
  return [
    `- ${tableCell(severity) || 'unrated'}: ${tableCell(name) || 'a rule without a name'}`,
    ...(found === '' ? [] : [` — ${found}`]),
    ...(record === undefined ? [] : [` (${record.kind} ${record.id}: \`${record.command}\`)`]),
    ...(link === undefined ? [] : [` ([details](${link}))`]),
  ].join('');
}

/** Returns the reasons why an indicator is malicious, as plain text: each rule with its severity, description and link. */
export function reasons(reputation: HostReputation): string {
  const rules = rulesOf(reputation).map(plainRule);
  const points = typeof reputation.score === 'number' ? ` with a score of ${reputation.score} of 100` : '';
  return `Microsoft classifies it as malicious${points}${rules.length === 0 ? '.' : `, by these rules: ${rules.join('; ')}.`}`;
}

function plainRule({ name, description, severity, relatedDetailsUrl }: HostReputationRule): string {
  const record = linkedRecord(relatedDetailsUrl);
  const link = externalLink(relatedDetailsUrl);
  const found = sanitize(scalar(description));
  return [
    `${sanitize(scalar(name)) || 'a rule without a name'} (${sanitize(scalar(severity)) || 'unrated'})`,
    ...(found === '' ? [] : [`: ${found}`]),
    ...(record === undefined ? [] : [` ${record.kind} ${record.id}`]),
    ...(link === undefined ? [] : [` ${link}`]),
  ].join('');
}
