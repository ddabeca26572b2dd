import type { PatternDetector } from '../engine/engine-options.js';

/** A credential that ContextForge's filter counts as personal data; looked for only where the settings say so. */
interface CredentialPattern extends PatternDetector {
  readonly flag: string;
}

const awsKey = /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/g;
const apiKey = /(?<=api[_ -]?key["']?[ \t]{0,3}[:=][ \t]{0,3}["']?)[A-Za-z0-9_-]{20,128}(?![A-Za-z0-9_-])/gi;

/** Keys of AWS, and what is called an API key. Off by default: credentials are another filter's business. */
export const credentialPatterns: readonly CredentialPattern[] = [
  { flag: 'detect_aws_keys', id: 'aws-key', type: 'aws_key', findAll: matchesOf(awsKey), strategy: 'redact' },
  { flag: 'detect_api_keys', id: 'api-key', type: 'api_key', findAll: matchesOf(apiKey), strategy: 'redact' },
];

function matchesOf(pattern: RegExp): PatternDetector['findAll'] {
  return (text) =>
    Array.from(text.matchAll(pattern), ({ index, 0: match }) => ({
      start: index,
      end: index + match.length,
    }));
}
