import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { replaceFile } from '../../src/wrap/replace-file.js';
import { cliFolder } from '../support/cli-folder.js';

describe('replaceFile', () => {
  it('leaves a file alone that was changed since it was read, and leaves no half of another behind', () => {
    const { folder } = cliFolder({ 'a.json': 'newer' }, []);
    const file = path.join(folder, 'a.json');
    const replace = () => replaceFile({ file, before: Buffer.from('older'), after: Buffer.from('mine') });
    expect(replace).toThrow(expect.objectContaining({ code: 'OUTPUT_UNWRITABLE' }));
    expect(readFileSync(file, 'utf8')).toBe('newer');
    expect(readdirSync(folder)).toEqual(['a.json']);
  });
});
