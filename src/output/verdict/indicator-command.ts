import type { Route } from '../../graph/route';
import type { IndicatorType } from '../../xsoar/dbot-score';
import type { Relationship } from '../../xsoar/relationship';
import type { Columns } from '../table';
import type { GraphPart, GraphParts } from './graph-parts';
import type { Standard } from './standard/standard';

/** The requests for each indicator of a list, and the form of the result. */
export interface IndicatorCommand {
  /** The argument that lists the indicators, and what the platform calls their sort. */
  readonly indicator: IndicatorType;
  /** What the indicators are called in sentences. */
  readonly many: string;
  /** The requests about one indicator, sent together: the last part of the context path that the answer goes to, and its route. */
  readonly asks: Readonly<Partial<Record<GraphPart, Route>>>;
  readonly standard: Standard;
  readonly columns: Columns<GraphParts>;
  /** What the answers say about how the indicator belongs with others. */
  readonly relates?: (indicator: string, known: GraphParts) => readonly Relationship[];
}
