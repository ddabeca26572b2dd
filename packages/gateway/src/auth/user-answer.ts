import type { Identity } from './identity.js';

/**
 * Reads who a plugin says a client is: a name, or an object in our spelling or that of ContextForge. Undefined: it says
 * nothing that can be used.
 */
export function readUserAnswer(answer: unknown): Identity | undefined {
  if (typeof answer === 'string') return answer === '' ? undefined : { user: answer };
  if (typeof answer !== 'object' || answer === null) return undefined;
  const says = new Map(Object.entries(answer));
  const text = (...names: string[]): string | undefined => {
    const values = names.map((name) => says.get(name));
    return values.find((value) => typeof value === 'string' && value !== '') as string | undefined;
  };
  const names = (name: string): readonly string[] | undefined => {
    const value: unknown = says.get(name);
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : undefined;
  };
  const user = text('user', 'email', 'userId', 'user_id');
  if (user === undefined) return undefined;
  const isAdmin = says.get('isAdmin') ?? says.get('is_admin');
  return {
    user,
    tenantId: text('tenantId', 'tenant_id'),
    userContext: {
      userId: text('userId', 'user_id') ?? user,
      email: text('email'),
      fullName: text('fullName', 'full_name'),
      isAdmin: typeof isAdmin === 'boolean' ? isAdmin : undefined,
      groups: names('groups'),
      roles: names('roles'),
    },
  };
}
