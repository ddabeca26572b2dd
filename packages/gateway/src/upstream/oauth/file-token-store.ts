import { randomUUID } from 'node:crypto';
import { chmod, mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describeError, FrameworkError } from '@mcpplugins/framework-core';
import { z } from 'zod';
import type { GatewayErrorCode } from '../../errors/error-codes.js';
import {
  fingerprintOf,
  type LoginKey,
  loginKeySchema,
  type StoredLogin,
  storedLoginSchema,
  type TokenStore,
} from './stored-login.js';

const fileSchema = z.strictObject({ version: z.literal(1), key: loginKeySchema, login: storedLoginSchema });

/** Rights of anybody but the owner. */
const othersMask = 0o077;

/**
 * Keeps logins in a folder, one file each, which only this user can read. Several processes may use one folder.
 */
export class FileTokenStore implements TokenStore {
  private readonly folder: string;

  /** @param folder absolute path; made when something is to be kept */
  constructor(folder: string) {
    this.folder = folder;
  }

  /** @throws FrameworkError `TOKEN_STORE_UNSAFE`, `TOKEN_STORE_UNUSABLE` */
  async load(key: LoginKey): Promise<StoredLogin | undefined> {
    const file = this.fileOf(key);
    const text = await readPrivate(file);
    if (text === undefined) return undefined;
    const kept = fileSchema.safeParse(parseJson(text));
    // What the parser would say quotes the file, which is secret.
    if (!kept.success) throw unusable(`${file} is no file of this program: remove it and log in again`);
    return fingerprintOf(kept.data.key) === fingerprintOf(key) ? kept.data.login : undefined;
  }

  /** Takes the place of what was there at once: nobody ever reads half of it. @throws FrameworkError `TOKEN_STORE_UNUSABLE` */
  async save(key: LoginKey, login: StoredLogin): Promise<void> {
    const file = this.fileOf(key);
    const draft = `${file}.${randomUUID()}`;
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      await chmod(this.folder, 0o700);
      await writeFile(draft, JSON.stringify({ version: 1, key, login }), { mode: 0o600, flag: 'wx' });
      await rename(draft, file);
    } catch (error) {
      await rm(draft, { force: true }).catch(() => {});
      throw unusable(`the login cannot be written to ${file}: ${describeError(error)}`, error);
    }
  }

  async remove(key: LoginKey): Promise<boolean> {
    const file = this.fileOf(key);
    try {
      await rm(file);
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw unusable(`${file} cannot be removed: ${describeError(error)}`, error);
    }
  }

  private fileOf(key: LoginKey): string {
    const host = new URL(key.server).hostname.replaceAll(/[^\w.-]/g, '_');
    return path.join(this.folder, `${host}-${fingerprintOf(key)}.json`);
  }
}

/** The text of a file that nobody else can read; nothing when there is none. */
async function readPrivate(file: string): Promise<string | undefined> {
  try {
    await using handle = await open(file, 'r');
    const { mode } = await handle.stat();
    // Windows has no such rights; its folder for programs' data is the user's own.
    if (process.platform !== 'win32' && (mode & othersMask) !== 0) {
      throw new FrameworkError<GatewayErrorCode>(
        'TOKEN_STORE_UNSAFE',
        `${file} may be read by other users (mode ${(mode & 0o777).toString(8)}): it is not used`,
      );
    }
    return await handle.readFile('utf8');
  } catch (error) {
    if (FrameworkError.is(error)) throw error;
    if (isMissing(error)) return undefined;
    throw unusable(`${file} cannot be read: ${describeError(error)}`, error);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isMissing(error: unknown): boolean {
  return (error as { readonly code?: unknown } | undefined)?.code === 'ENOENT';
}

function unusable(message: string, cause?: unknown): FrameworkError<GatewayErrorCode> {
  return new FrameworkError('TOKEN_STORE_UNUSABLE', message, cause === undefined ? {} : { cause });
}
