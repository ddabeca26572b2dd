/** Why a plugin did not run, in words. */
const reasons: Readonly<Record<string, string>> = {
  disabled: 'disabled (mode: disabled)',
  condition: 'its conditions do not match',
  condition_unknown: 'its conditions compare something that is not known here',
  on_error_disabled: 'switched off by an earlier error (on_error: disable)',
  error_ignored: 'it failed, and its configuration lets the call go on',
  timeout_ignored: 'it took too long, and its configuration lets the call go on',
  oversize: 'the payload is over the size limit',
  blocked: 'an earlier plugin refused',
  aborted: 'the call was cancelled',
};

/** A reason of a decision record as a person reads it. */
export function describeReason(reason: string | undefined): string {
  return reason === undefined ? '' : (reasons[reason] ?? reason);
}
