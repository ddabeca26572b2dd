import { createPiiEngine } from '@mcpplugins/plugin-pii-filter';
import { defineAdapter } from '../adapter.mjs';
import { scoreCore, scoreNationalIds } from '../pii/core.mjs';
import { scoreEvasion } from '../pii/evasion.mjs';
import { checkMasks } from '../pii/masks.mjs';
import { scoreSentences } from '../pii/sentences.mjs';

/** The PII filter with the pack that an empty configuration gives, against what others call personal data. */
export default defineAdapter({
  title:
    'the PII filter with an empty configuration: masks, sentences, core types, national identifiers, evasions',
  files: [
    'pii_mask.jsonl',
    'pii_sentences.jsonl',
    'pii_core.jsonl',
    'pii_national_ids.jsonl',
    'pii_evasion.jsonl',
  ],
  run(tools) {
    const engine = createPiiEngine();
    checkMasks(tools);
    scoreSentences(tools, engine);
    scoreCore(tools, engine);
    scoreNationalIds(tools, engine);
    scoreEvasion(tools, engine);
  },
});
