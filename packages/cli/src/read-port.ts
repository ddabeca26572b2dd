import { InvalidArgumentError } from 'commander';

/** Reads the number of a port. @throws InvalidArgumentError */
export function readPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError('A port is a number from 0 to 65535.');
}
