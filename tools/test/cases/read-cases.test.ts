import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findCasesFolder, readCaseFile } from '../../cases/read-cases.mjs';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cases-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('findCasesFolder', () => {
  it('finds shared/cases beside the repository', () => {
    mkdirSync(join(folder, 'shared/cases'), { recursive: true });
    expect(findCasesFolder(join(folder, 'main'), undefined)).toBe(join(folder, 'shared/cases'));
  });

  it('finds nothing where there is nothing', () => {
    expect(findCasesFolder(join(folder, 'main'), undefined)).toBeUndefined();
  });

  it('takes the folder of MCPPLUGINS_CASES, which has to exist', () => {
    expect(findCasesFolder('/', folder)).toBe(folder);
    expect(() => findCasesFolder('/', join(folder, 'missing'))).toThrow(/MCPPLUGINS_CASES names .*missing/);
  });
});

describe('readCaseFile', () => {
  it('reads one case a line and passes over empty lines', () => {
    writeFileSync(join(folder, 'a.jsonl'), '{"id":"a-1"}\n\n{"id":"a-2"}\n');
    expect(readCaseFile(folder, 'a.jsonl')).toEqual([{ id: 'a-1' }, { id: 'a-2' }]);
  });

  it('says which line is not JSON', () => {
    writeFileSync(join(folder, 'a.jsonl'), '{"id":"a-1"}\n{oops\n');
    expect(() => readCaseFile(folder, 'a.jsonl')).toThrow(/^a\.jsonl:2: not JSON/);
  });
});
