import { describe, expect, it } from 'vitest';
import { errorsOf, renderErrors } from '../../docs/render-errors.mjs';

const text = { meaning: 'What it means.', action: 'What to do.' };

describe('errorsOf', () => {
  it('finds the one export whose name ends with ErrorCodes', () => {
    expect(errorsOf('@x/a', { other: 1, aErrorCodes: { A_B: text } })).toEqual({
      package: '@x/a',
      codes: { A_B: text },
    });
  });

  it('refuses none, two, or a code without its texts', () => {
    expect(() => errorsOf('@x/a', {})).toThrow(/@x\/a .* exports 0/);
    expect(() => errorsOf('@x/a', { aErrorCodes: {}, bErrorCodes: {} })).toThrow(/exports 2/);
    expect(() => errorsOf('@x/a', { aErrorCodes: { A_B: { meaning: '', action: 'x' } } })).toThrow(
      /A_B needs/,
    );
  });
});

describe('renderErrors', () => {
  it('has a table for each package, its codes sorted', () => {
    const page = renderErrors([{ package: '@x/a', codes: { B: text, A: text } }]);
    expect(page).toContain('## @x/a\n\n| code | meaning | what to do |');
    expect(page).toContain('| `A` | What it means. | What to do. |\n| `B` | What it means. | What to do. |');
    expect(page).toContain('one of these 2 codes');
  });

  it('keeps a pipe or a line break in a text from breaking the table', () => {
    const page = renderErrors([{ package: '@x/a', codes: { A: { meaning: 'a | b\nc', action: 'd' } } }]);
    expect(page).toContain('| `A` | a \\| b c | d |');
  });
});
