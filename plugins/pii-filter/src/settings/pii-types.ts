/** Types of values that the filter knows, as settings and metadata spell them. */
export const piiTypes = [
  'ssn',
  'bsn',
  'credit_card',
  'email',
  'phone',
  'ip_address',
  'date_of_birth',
  'passport',
  'driver_license',
  'bank_account',
  'medical_record',
] as const;

/** A type of value that the filter knows. Custom patterns may have types of their own. */
export type PiiType = (typeof piiTypes)[number];
