/** What becomes an incident on the platform (Cortex XSOAR, `fetch-incidents`); its severity is left to the platform. */
export interface Incident {
  readonly name: string;
  /** ISO 8601. */
  readonly occurred: string;
  /** The service's own object, as JSON. */
  readonly rawJSON: string;
  readonly details?: string;
  readonly type?: string;
}

/** What a fetch leaves for the next one; the platform keeps texts only. */
export type LastRun = Readonly<Record<string, unknown>>;
