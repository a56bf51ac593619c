import { COMMON } from './content-item';

export const DASHBOARD = 'Defender Threat Intelligence';

/** The platform's way to write "no date". */
const NO_DATE = '0001-01-01T00:00:00Z';

/** Shown until the user chooses another range. */
const PERIOD = { by: '', byFrom: 'days', byTo: '', field: '', fromValue: 30, toValue: null } as const;

interface Widget {
  readonly name: string;
  readonly dataType: 'incidents' | 'indicators';
  readonly widgetType: 'number' | 'line' | 'pie' | 'table';
  readonly query: string;
  readonly params: object;
  /** Columns from the left, rows from the top, and the size, of twelve columns. */
  readonly place: readonly [x: number, y: number, width: number, height: number];
  readonly size?: number;
  readonly sort?: string;
}

/** @param articleType the incident type of fetched articles */
function widgets(articleType: string): readonly Widget[] {
  const articles = `type:"${articleType}"`;
  const bad =
    'sourceBrands:"MicrosoftDefenderThreatIntelligence" and (verdict:Malicious or verdict:Suspicious)';
  return [
    {
      name: 'Articles',
      dataType: 'incidents',
      widgetType: 'number',
      query: articles,
      params: {},
      place: [0, 0, 3, 1],
    },
    {
      name: 'Featured articles',
      dataType: 'incidents',
      widgetType: 'number',
      query: `${articles} and mdtifeatured:T`,
      params: {},
      place: [3, 0, 3, 1],
    },
    {
      name: 'Malicious or suspicious indicators',
      dataType: 'indicators',
      widgetType: 'number',
      query: bad,
      params: {},
      place: [6, 0, 6, 1],
    },
    {
      name: 'Articles by day',
      dataType: 'incidents',
      widgetType: 'line',
      query: articles,
      params: { groupBy: ['occurred(d)', 'null'], timeFrame: 'days' },
      place: [0, 1, 6, 2],
    },
    {
      name: 'Articles by tag',
      dataType: 'incidents',
      widgetType: 'pie',
      query: articles,
      params: { groupBy: ['mdtitags'] },
      place: [6, 1, 6, 2],
    },
    {
      name: 'Newest articles',
      dataType: 'incidents',
      widgetType: 'table',
      query: articles,
      params: { tableColumns: ['name', 'mdtitags', 'occurred', 'status'].map(column) },
      place: [0, 3, 6, 4],
      size: 20,
      sort: 'occurred',
    },
    {
      name: 'Malicious or suspicious indicators, newest first',
      dataType: 'indicators',
      widgetType: 'table',
      query: bad,
      params: {
        tableColumns: ['indicator_type', 'value', 'score', 'relatedIncCount', 'lastSeen'].map(column),
      },
      place: [6, 3, 6, 4],
      size: 20,
      sort: 'lastSeen',
    },
  ];
}

/** The dashboard of fetched articles and of the indicators that this integration rated. */
export function dashboard(articleType: string): object {
  return {
    ...COMMON,
    id: DASHBOARD,
    name: DASHBOARD,
    description: 'Articles of Microsoft Defender Threat Intelligence, and the indicators that it rated.',
    isPredefined: true,
    ...{ fromDate: NO_DATE, toDate: NO_DATE, fromDateLicense: NO_DATE },
    period: PERIOD,
    layout: widgets(articleType).map(placed),
  };
}

function placed({ place: [x, y, w, h], sort, ...widget }: Widget, index: number): object {
  const id = `mdti-widget-${index}`;
  return {
    id,
    i: id,
    ...{ x, y, w, h },
    forceRange: false,
    reflectDimensions: true,
    widget: {
      id,
      ...widget,
      isPredefined: false,
      dateRange: { fromDate: NO_DATE, toDate: NO_DATE, fromDateLicense: NO_DATE, period: PERIOD },
      ...(sort === undefined ? {} : { sort: [{ field: sort, asc: false }] }),
    },
  };
}

function column(key: string): object {
  return { key, displayed: true, isDefault: true, width: 150 };
}
