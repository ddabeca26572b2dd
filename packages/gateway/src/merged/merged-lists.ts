import type { Logger } from '@mcpplugins/framework-core';
import type { MessageBody } from '@mcpplugins/mcp-transport';
import { rpcCodes } from '../rpc-codes.js';
import { listAll } from './list-all.js';
import { type Member, MemberFailure } from './member.js';
import { type Unavailable, unavailableMeta } from './merge-initialize.js';
import type { NamedKind, Owners } from './owners.js';
import { longestName, publicName } from './public-names.js';

interface ListKind {
  readonly key: string;
  /** Servers without it are not asked. */
  readonly capability: string;
  /** What the names of its items are names of. */
  readonly named?: NamedKind;
}

const kinds = {
  'tools/list': { key: 'tools', capability: 'tools', named: 'tool' },
  'prompts/list': { key: 'prompts', capability: 'prompts', named: 'prompt' },
  'resources/list': { key: 'resources', capability: 'resources' },
  'resources/templates/list': { key: 'resourceTemplates', capability: 'resources' },
  'tasks/list': { key: 'tasks', capability: 'tasks' },
} as const satisfies Record<string, ListKind>;

/** A list that servers have one each of. */
export type ListMethod = keyof typeof kinds;

type Item = Readonly<Record<string, unknown>>;

/** The lists of several servers as one, in the order of the servers. */
export class MergedLists {
  private readonly members: readonly Member[];
  private readonly owners: Owners;
  private readonly logger: Logger;
  private readonly warned = new Set<string>();

  constructor(members: readonly Member[], owners: Owners, logger: Logger) {
    this.members = members;
    this.owners = owners;
    this.logger = logger;
  }

  /**
   * One page with everything. A server that is not there, or cannot list, is named in `_meta`: its part is missing, not empty.
   * @throws MemberFailure when no server that should could list
   */
  async list(method: ListMethod): Promise<MessageBody> {
    const { key, capability } = kinds[method];
    const unavailable: Unavailable[] = [];
    const parts = await Promise.all(
      this.members.map(async (member): Promise<readonly Item[] | undefined> => {
        if (member.greeting !== undefined && !member.has(capability)) return [];
        try {
          return await listAll(member, method, key);
        } catch (error) {
          // A server may have resources and no templates.
          if (method === 'resources/templates/list' && isNotFound(error)) return [];
          unavailable.push({ server: member.name, reason: reasonOf(error) });
          return undefined;
        }
      }),
    );
    if (parts.length > 0 && parts.every((part) => part === undefined)) {
      throw new MemberFailure('no server could list', {
        code: rpcCodes.internalError,
        message: `no server could answer ${method}`,
        data: { servers: unavailable },
      });
    }
    const items = parts.flatMap((part, index) => this.show(method, this.members[index], part ?? []));
    return { [key]: items, ...unavailableMeta(unavailable) };
  }

  /** A server's items as the client sees them, and whose they are. */
  private show(method: ListMethod, member: Member | undefined, items: readonly Item[]): readonly Item[] {
    if (member === undefined) return [];
    const kind: ListKind = kinds[method];
    if (kind.named !== undefined) return this.rename(kind.named, member, items);
    for (const { uri, uriTemplate, taskId } of items) {
      if (method === 'tasks/list' && typeof taskId === 'string') this.owners.addTask(member, taskId);
      if (typeof uri === 'string') this.warnOfOther(member, uri, this.owners.addUri(member, uri));
      if (typeof uriTemplate === 'string')
        this.warnOfOther(member, uriTemplate, this.owners.addTemplate(member, uriTemplate));
    }
    return items;
  }

  private rename(kind: NamedKind, member: Member, items: readonly Item[]): readonly Item[] {
    const names = new Map<string, string>();
    const shown = items.map((item) => {
      const name = String(item['name']);
      const shownName = publicName(member.key, name);
      names.set(shownName, name);
      if (shownName.length > longestName)
        this.warn(
          `the ${kind} ${shownName} has ${shownName.length} characters; some clients take no more than ${longestName}`,
        );
      return { ...item, name: shownName };
    });
    this.owners.setNames(kind, member, names);
    return shown;
  }

  private warnOfOther(member: Member, uri: string, other: Member | undefined): void {
    if (other !== undefined)
      this.warn(`"${member.name}" and "${other.name}" both have ${uri}; it is read from "${other.name}"`);
  }

  private warn(message: string): void {
    if (this.warned.has(message)) return;
    this.warned.add(message);
    this.logger.warn(message);
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof MemberFailure && error.rpcError?.code === rpcCodes.methodNotFound;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
