import { compileSafePattern, createNetGuard } from '@mcpplugins/plugin-kit';
import ResourceFilter from '@mcpplugins/plugin-resource-filter';
import { defineSuite } from '../suite.mjs';

const kind = '@mcpplugins/plugin-resource-filter';
const blocked = Array.from({ length: 1000 }, (_, index) => `blocked-${index}.example`);
const uri = 'https://docs.example.com/guides/first-steps.html?lang=en';
const line = 'The quick brown fox jumps over the lazy dog, and nothing here is a key.\n';
const text = line.repeat(Math.ceil(100_000 / line.length));
const content = { contents: [{ uri, mimeType: 'text/plain', text }] };
const pattern = String.raw`api[_-]?key\s*[:=]\s*\S+`;

/** @param {Record<string, unknown>} config */
const hooksOf = (config) => new ResourceFilter({ name: 'filter', kind, config }).hooks;

/** What the filter costs beside what nobody can do without: reading the URL, measuring the text, searching it. */
export default defineSuite({
  title: 'The resource filter against the bare work: a URL parse, a length, a search',
  async prepare() {
    const plain = hooksOf({});
    const listed = hooksOf({ blocked_domains: blocked, allowed_domains: ['*.example.com'] });
    const typed = hooksOf({ allowed_mime_types: ['text/*'] });
    const filtered = hooksOf({ content_filters: [{ pattern }] });
    const safe = compileSafePattern(pattern, { ignoreCase: true });
    const guard = createNetGuard();
    return {
      groups: [
        {
          name: 'before the read: a URI of 57 characters',
          calls: 50_000,
          anchor: { name: 'new URL', style: 'sync', call: () => new URL(uri).hostname },
          targets: [
            { name: 'net guard', style: 'sync', call: () => guard.checkUrl(uri) },
            { name: 'default settings', style: 'maybe', call: () => plain.resource_pre_fetch({ uri }) },
            { name: '1 000 blocked domains', style: 'maybe', call: () => listed.resource_pre_fetch({ uri }) },
          ],
        },
        {
          name: 'after the read: 100 KB of text, no content filter',
          calls: 2000,
          anchor: { name: 'Buffer.byteLength', style: 'sync', call: () => Buffer.byteLength(text) },
          targets: [
            {
              name: 'size and URI',
              style: 'maybe',
              call: () => plain.resource_post_fetch({ uri, content }),
            },
            {
              name: 'and media type',
              style: 'maybe',
              call: () => typed.resource_post_fetch({ uri, content }),
            },
          ],
        },
        {
          name: 'after the read: 100 KB of text, one content filter',
          calls: 50,
          anchor: { name: 'the safe pattern alone', style: 'sync', call: () => safe.findAll(text) },
          targets: [
            {
              name: 'resource filter',
              style: 'maybe',
              call: () => filtered.resource_post_fetch({ uri, content }),
            },
          ],
        },
      ],
    };
  },
});
