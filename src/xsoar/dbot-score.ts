/** The manifest's `name`: who says what a verdict says. */
export const VENDOR = 'MicrosoftDefenderThreatIntelligence';

/** What the platform calls the sorts of indicators that we rate. */
export type IndicatorType = 'ip' | 'domain' | 'cve';

/** 0 unknown, 1 good, 2 suspicious, 3 bad (Cortex XSOAR, "Generic reputation commands"). */
export type Score = 0 | 1 | 2 | 3;

/** A verdict on one indicator as playbooks read it. */
export interface DBotScore {
  readonly Indicator: string;
  readonly Type: IndicatorType;
  readonly Vendor: typeof VENDOR;
  readonly Score: Score;
  readonly Reliability: string;
  /** Why the score says so little. */
  readonly Message?: string;
}

export const DBOT_SCORE_KEY =
  'DBotScore(val.Indicator && val.Indicator == obj.Indicator && val.Vendor == obj.Vendor && val.Type == obj.Type)';

/** What an indicator at score 3 carries in its standard context. */
export interface Malicious {
  readonly Vendor: typeof VENDOR;
  readonly Description: string;
}
