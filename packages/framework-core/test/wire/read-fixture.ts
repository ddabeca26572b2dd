import { readFileSync } from 'node:fs';

/** A golden message of the wire, by the name of its file. */
export function readFixture<Shape = unknown>(name: string): Shape {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8')) as Shape;
}
