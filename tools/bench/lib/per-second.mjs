/** @param {{ name: string, wallNs: number, failed?: string }} result */
export function perSecond({ name, wallNs, failed }) {
  if (failed !== undefined) return `failed  ${name}`;
  return `${Math.round(1e9 / wallNs).toLocaleString('en')}  ${name}`;
}
