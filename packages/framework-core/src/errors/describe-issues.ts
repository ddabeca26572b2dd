import type { z } from 'zod';

/** The issues of a failed schema check as one line: `mode: Invalid option …; priority: …`. */
export function describeIssues(error: z.core.$ZodError): string {
  return error.issues
    .map((issue) =>
      issue.path.length === 0 ? issue.message : `${issue.path.map(String).join('.')}: ${issue.message}`,
    )
    .join('; ');
}
