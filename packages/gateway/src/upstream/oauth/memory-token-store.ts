import { fingerprintOf, type LoginKey, type StoredLogin, type TokenStore } from './stored-login.js';

/** Keeps logins as long as the process lives. */
export class MemoryTokenStore implements TokenStore {
  private readonly logins = new Map<string, StoredLogin>();

  async load(key: LoginKey): Promise<StoredLogin | undefined> {
    return this.logins.get(fingerprintOf(key));
  }

  async save(key: LoginKey, login: StoredLogin): Promise<void> {
    this.logins.set(fingerprintOf(key), login);
  }

  async remove(key: LoginKey): Promise<boolean> {
    return this.logins.delete(fingerprintOf(key));
  }
}
