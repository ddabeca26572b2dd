import { mostSpuriousSpans, sentenceClaims } from './claims.mjs';
import { covers, Tallies } from './tally.mjs';

/**
 * Full cover of the values in synthetic sentences, and spans where no value is.
 *
 * @param {import('../adapter.mjs').AdapterTools} tools
 * @param {import('@mcpplugins/plugin-pii-filter').PiiEngine} engine
 */
export function scoreSentences({ readCases, report }, engine) {
  const tallies = new Tallies();
  const spurious = [];
  for (const { id, text, spans } of readCases('pii_sentences.jsonl')) {
    const findings = engine.scan(text);
    for (const [type, start, end] of spans) {
      tallies.of(type).hit(
        covers(
          findings.filter((finding) => finding.type === type),
          text,
          [start, end],
        ),
      );
    }
    for (const finding of findings) {
      /** @param {[string, number, number]} span */
      const meets = ([, start, end]) => start < finding.end && end > finding.start;
      if (spans.some(meets)) continue;
      spurious.push(`${id} ${finding.detector}`);
      tallies.of(finding.type).falseFinds += 1;
    }
  }
  tallies.report(report, 'sentences', (name) => sentenceClaims[name]);
  const summary = `${spurious.length} spurious spans, at most ${mostSpuriousSpans}: ${spurious.join(', ')}`;
  if (spurious.length <= mostSpuriousSpans) report.pass();
  else report.fail('spurious', summary);
}
