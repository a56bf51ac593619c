import type { Route } from '../../graph/route';
import type { IndicatorType } from '../../platform/dbot-score';
import type { Relationship } from '../../platform/relationship';
import type { Columns } from '../table';
import type { Known, Part } from './known';
import type { Standard } from './standard/standard';

/** What is asked about each indicator of a list, and how the answer reads. */
export interface Verdict {
  /** The argument that lists the indicators, and what the platform calls their sort. */
  readonly indicator: IndicatorType;
  /** What the indicators are called in sentences. */
  readonly many: string;
  /** The requests about one indicator, sent together: the last part of the context path that the answer goes to, and its route. */
  readonly asks: Readonly<Partial<Record<Part, Route>>>;
  readonly standard: Standard;
  readonly columns: Columns<Known>;
  /** What the answers say about how the indicator belongs with others. */
  readonly relates?: (indicator: string, known: Known) => readonly Relationship[];
}
