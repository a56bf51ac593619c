import type { CommandName } from '../../manifest/generated/types';
import { GRAPH_TOOL } from './graph-tool';
import type { InvestigationTool } from './investigation-tool';
import { summaryTool } from './summary-tools';

/** The tools whose result is one investigation. */
export const INVESTIGATIONS: Readonly<Partial<Record<CommandName, InvestigationTool>>> = {
  'msg-defender-threat-intel-host-summary': {
    ...summaryTool(
      'host-summary',
      'Everything Microsoft knows of a host or IP address in one call: verdict, WHOIS, resolutions, subdomains, certificates, ports and more. Names the next steps. Start here.',
    ),
    renamed: { host: 'host_id' },
    inputSchema: {
      type: 'object',
      properties: {
        host: { type: 'string', description: 'Host name, IP address or URL; may be defanged.' },
        rows: {
          type: 'integer',
          minimum: 1,
          maximum: 200,
          description: 'Rows of each part; 5 by default.',
        },
      },
      required: ['host'],
      additionalProperties: false,
    },
  },
  'msg-defender-threat-intel-article-summary': summaryTool(
    'article-summary',
    'An article with its indicators, the actor profiles that its tags name, and the CVEs in its text.',
  ),
  'msg-defender-threat-intel-profile-summary': summaryTool(
    'profile-summary',
    'An actor or tool profile with its indicators and the articles that mention it.',
  ),
  'msg-defender-threat-intel-vulnerability-summary': summaryTool(
    'vulnerability-summary',
    'A vulnerability with its rating, components and articles.',
  ),
  'msg-defender-threat-intel-expand': GRAPH_TOOL,
};
