/** Protocol revisions that HTTP headers may name. @see the SDK's `SUPPORTED_PROTOCOL_VERSIONS` */
export const protocolVersions: readonly string[] = [
  '2025-11-25',
  '2025-06-18',
  '2025-03-26',
  '2024-11-05',
  '2024-10-07',
];

/** Whether clients of a revision understand an event without a message; older ones fail on it. */
export function understandsPriming(version: string): boolean {
  return version >= '2025-11-25';
}
