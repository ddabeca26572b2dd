import { readFileSync } from 'node:fs';
import path from 'node:path';
import { FrameworkError, type UserContext } from '@mcpplugins/framework-core';
import { z } from 'zod';
import type { CliErrorCode } from '../errors/error-codes.js';
import type { RecordedCall, RecordingHead } from '../record/recording.js';
import type { Terminal } from '../terminal.js';

/** A recording, as `record` wrote it. */
export interface Recording {
  readonly head: RecordingHead;
  readonly calls: readonly RecordedCall[];
}

const head = z.object({
  recording: z.literal(1),
  started: z.string(),
  config: z.string(),
  server: z.string().optional(),
});

const call = z.object({
  call: z.number(),
  request: z.string(),
  time: z.string(),
  context: z.object({
    user: z.string().optional(),
    tenantId: z.string().optional(),
    serverId: z.string().optional(),
    contentType: z.string().optional(),
    userContext: z.custom<UserContext>((value) => typeof value === 'object').optional(),
    metadata: z.record(z.string(), z.unknown()),
  }),
  hook: z.string(),
  payload: z.unknown(),
  outcome: z.object({
    verdict: z.enum(['proceed', 'modify', 'block', 'respond']),
    code: z.string().optional(),
    plugin: z.string().optional(),
    changedPaths: z.array(z.string()),
    wouldBlock: z.array(z.string()),
  }),
});

/**
 * Reads a recording. A last line that was cut, as by the end of a process, is left out.
 * @throws FrameworkError `INPUT_INVALID` with the line
 */
export function readRecording(file: string, { cwd }: Terminal): Recording {
  let text: string;
  try {
    text = readFileSync(path.resolve(cwd, file), 'utf8');
  } catch (error) {
    throw invalid(`${file} cannot be read`, error);
  }
  const isWhole = text.endsWith('\n');
  const lines = text.split('\n').slice(0, -1);
  if (!isWhole && lines.length === 0) throw invalid(`${file} is no recording: its first line is not whole`);
  const [first = '', ...rest] = lines;
  return {
    head: parseLine(first, head, `${file}:1`),
    calls: rest.map((line, index) => parseLine(line, call, `${file}:${index + 2}`)),
  };
}

function parseLine<Schema extends z.ZodType>(line: string, schema: Schema, place: string): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw invalid(`${place} is not JSON; recordings are written by \`mcpplugins record\``, error);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(`${place} is no line of a recording: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
}

function invalid(message: string, cause?: unknown): FrameworkError<CliErrorCode> {
  return new FrameworkError('INPUT_INVALID', message, { cause });
}
