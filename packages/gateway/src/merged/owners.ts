import { nearestName } from '@mcpplugins/framework-core';
import { BoundedMap } from '../relay/bounded-map.js';
import type { Member } from './member.js';

/** What names are given to in merged lists. */
export type NamedKind = 'tool' | 'prompt';

/** A tool or prompt of one server, by the name that it has there. */
export interface Owned {
  readonly member: Member;
  readonly name: string;
}

const maxTasks = 10_000;

/** Whose tools, prompts, resources and tasks are whose, in one merged session. */
export class Owners {
  private readonly tables: Readonly<Record<NamedKind, Map<string, Owned>>> = {
    tool: new Map(),
    prompt: new Map(),
  };
  private readonly uris = new Map<string, Member>();
  /** What URIs of a template begin with, up to its first variable. */
  private readonly beginnings = new Map<string, Member>();
  private readonly tasks = new BoundedMap<string, Member>(maxTasks);

  /** Everything of a kind that a server has, by merged name, in the place of what it had. */
  setNames(kind: NamedKind, member: Member, names: ReadonlyMap<string, string>): void {
    const table = this.tables[kind];
    for (const [shown, owned] of table) if (owned.member === member) table.delete(shown);
    for (const [shown, name] of names) table.set(shown, { member, name });
  }

  find(kind: NamedKind, shown: string): Owned | undefined {
    return this.tables[kind].get(shown);
  }

  /** `; did you mean "x"?`, or nothing. */
  advice(kind: NamedKind, shown: string): string {
    const nearest = nearestName(shown, this.tables[kind].keys());
    return nearest === undefined ? '' : `; did you mean "${nearest}"?`;
  }

  /** The first server that lists a URI has it. @returns the server that has it, when it is another */
  addUri(member: Member, uri: string): Member | undefined {
    return claim(this.uris, uri, member);
  }

  /** @returns the server that has it, when it is another */
  addTemplate(member: Member, template: string): Member | undefined {
    return claim(this.beginnings, template.split('{')[0] ?? '', member);
  }

  /** Whose a resource is: who lists it, otherwise whose template fits best. */
  findUri(uri: string): Member | undefined {
    const listed = this.uris.get(uri);
    if (listed !== undefined) return listed;
    let best: string | undefined;
    for (const beginning of this.beginnings.keys())
      if (uri.startsWith(beginning) && beginning.length > (best?.length ?? -1)) best = beginning;
    return best === undefined ? undefined : this.beginnings.get(best);
  }

  addTask(member: Member, taskId: string): void {
    this.tasks.set(taskId, member);
  }

  findTask(taskId: unknown): Member | undefined {
    return typeof taskId === 'string' ? this.tasks.get(taskId) : undefined;
  }
}

function claim(table: Map<string, Member>, key: string, member: Member): Member | undefined {
  const owner = table.get(key);
  if (owner === undefined) table.set(key, member);
  return owner === member ? undefined : owner;
}
