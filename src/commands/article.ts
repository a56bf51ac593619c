import { collection, entity } from '../graph/route';
import type { Article, ArticleIndicator } from '../model/generated/graph';
import { artifactCell, artifactKind } from '../output/cell';
import { articleOnVulnerability, indicator } from '../output/relationships/relationship-rules';
import { day, joined, table, yesNo } from '../output/table';
import { declare } from './declaration/command';

const articles = table<Article>('Articles', {
  Title: (article) => article.title,
  Updated: (article) => day(article.lastUpdatedDateTime),
  Featured: (article) => yesNo(article.isFeatured),
  Tags: (article) => joined(article.tags),
  Summary: (article) => article.summary?.content,
  ID: (article) => article.id,
});

export const articleCommands = declare({
  'msg-defender-threat-intel-article-list': {
    routes: [
      collection('GET /security/threatIntelligence/articles'),
      entity('GET /security/threatIntelligence/articles/{article_id}'),
    ],
    context: 'Article',
    value: 'list',
    nouns: ['article', 'articles'],
    table: articles,
  },
  'msg-defender-threat-intel-article-indicators-list': {
    routes: [
      collection('GET /security/threatIntelligence/articles/{article_id}/indicators'),
      entity('GET /security/threatIntelligence/articleIndicators/{article_indicator_id}'),
    ],
    context: 'ArticleIndicator',
    value: 'list',
    nouns: ['article indicator', 'article indicators'],
    relates: indicator,
    table: table<ArticleIndicator>('Article indicators', {
      Observable: (indicator) => artifactCell(indicator.artifact),
      Type: (indicator) => artifactKind(indicator.artifact),
      Source: (indicator) => indicator.source,
      ID: (indicator) => indicator.id,
    }),
  },
  'msg-defender-threat-intel-vulnerability-articles-list': {
    routes: [collection('GET /security/threatIntelligence/vulnerabilities/{vulnerability_id}/articles')],
    context: 'Article',
    value: 'list',
    nouns: ['article', 'articles'],
    relates: articleOnVulnerability,
    table: articles,
  },
});
