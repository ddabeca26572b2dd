import { describe, expect, it } from 'vitest';
import { TopicReport } from '../../cases/report.mjs';
import { formatTopic } from '../../cases/table.mjs';

const adapter = { title: 'a title', files: ['a.jsonl'], run: () => {} };

describe('TopicReport', () => {
  it('is ok with passes and deviations, and not with one failure', () => {
    const report = new TopicReport();
    report.pass();
    report.deviate('x-1', 'decided otherwise');
    expect(report.ok).toBe(true);
    report.fail('x-2', 'wanted a, got b');
    expect(report.ok).toBe(false);
  });

  it('is not ok when a score is under its floor or counts no case at all', () => {
    const low = new TopicReport();
    low.score('recall', 8, 10, { atLeast: 0.9 });
    expect(low.ok).toBe(false);
    const empty = new TopicReport();
    empty.score('recall', 0, 0);
    expect(empty.ok).toBe(false);
    const enough = new TopicReport();
    enough.score('recall', 9, 10, { atLeast: 0.9 });
    expect(enough.ok).toBe(true);
  });
});

describe('formatTopic', () => {
  it('counts, and lists scores, deviations with their reasons, and failures', () => {
    const report = new TopicReport();
    report.pass();
    report.score('recall email', 9, 10);
    report.deviate('x-1', 'decided otherwise');
    report.fail('x-22', 'wanted a, got b');
    expect(formatTopic('topic', adapter, report)).toBe(
      [
        'FAIL topic: a title (a.jsonl)',
        '     1 passed, 1 failed, 1 deviations',
        '     score     recall email   90.0 %  9 of 10',
        '     deviates  x-1  decided otherwise',
        '     failed    x-22  wanted a, got b',
      ].join('\n'),
    );
  });

  it('does not list hundreds of failures', () => {
    const report = new TopicReport();
    for (let index = 0; index < 100; index++) report.fail(`x-${index}`, 'wrong');
    const text = formatTopic('topic', adapter, report);
    expect(text.match(/ failed /g)).toHaveLength(40);
    expect(text).toContain('and 60 more failures');
  });
});
