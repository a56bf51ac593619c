/** The manifest's `name`: who says what a verdict says. */
export const VENDOR = 'MicrosoftDefenderThreatIntelligence';

/** The platform's names for the types of indicators that we rate. */
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
  /** The reason for a score that says little. */
  readonly Message?: string;
}

export const DBOT_SCORE_KEY =
  'DBotScore(val.Indicator && val.Indicator == obj.Indicator && val.Vendor == obj.Vendor && val.Type == obj.Type)';

/** The details of an indicator at score 3 in its standard context. */
export interface Malicious {
  readonly Vendor: typeof VENDOR;
  readonly Description: string;
}
