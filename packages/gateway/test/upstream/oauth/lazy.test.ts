import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const source = fileURLToPath(new URL('../../../src', import.meta.url));
const statement = /^(?:import|export)(?! type)[^;]*? from '([^']+)';/gm;

/** Everything that a module loads when it is loaded: files, and the packages that they name. */
function loadedBy(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(statement)) {
    if (name.startsWith('.')) loadedBy(path.resolve(path.dirname(file), name.replace(/\.js$/, '.ts')), found);
    else found.add(name);
  }
  return found;
}

function sdkOf(file: string): readonly string[] {
  return [...loadedBy(path.join(source, file))].filter((name) => name.startsWith('@modelcontextprotocol/'));
}

describe('the SDK', () => {
  it('is not loaded with the gateway', () => {
    expect(sdkOf('index.ts')).toEqual([]);
  });

  it('is loaded with the first login', () => {
    expect(sdkOf('upstream/oauth/get-login.ts')).toContain('@modelcontextprotocol/sdk/client/auth.js');
  });
});
