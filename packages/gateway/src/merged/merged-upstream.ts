import { FrameworkError, type Logger } from '@mcpplugins/framework-core';
import type { HookHost } from '../relay/session.js';
import type { Upstream } from '../upstream/create-upstream.js';
import { Member } from './member.js';
import { MergedHub } from './merged-hub.js';
import { serverKeys } from './public-names.js';

/** What `createMergedUpstream` takes. */
export interface MergedUpstreamOptions {
  /** In the order in which their parts come in lists. */
  readonly upstreams: readonly Upstream[];
  readonly manager: HookHost;
  readonly logger: Logger;
}

/** Several servers as one. Each connection has a session of its own with every one of them, behind the guards. */
export function createMergedUpstream({ upstreams, manager, logger }: MergedUpstreamOptions): Upstream {
  const keys = serverKeys(upstreams.map(({ name }) => name));
  return {
    name: 'merged',
    guardsItself: true,
    connect: (_onStderr, session) => {
      const members: Member[] = upstreams.map((upstream): Member => {
        const member: Member = new Member({
          upstream,
          key: keys.get(upstream.name) ?? upstream.name,
          manager,
          logger,
          session,
          onMessage: (received) => hub.receive(member, received),
        });
        return member;
      });
      const hub = new MergedHub(members, logger);
      return hub;
    },
    describeEnd: () => 'the merged servers ended the session',
    close: () => {},
  };
}

/** For the relay in front of merged servers: the guards stand between each of them and the hub. */
export const unguardedHost: HookHost = {
  initialized: true,
  hasHook: () => false,
  openRequest: () => {
    throw new FrameworkError('INVARIANT', 'a relay without guards opened a request');
  },
};
