/**
 * What the filter claims to find, by the names that the case files use: entity, the filter's types that count, and the
 * share of cases that must come out. Without a share the figures are printed only.
 *
 * @typedef {{ types: readonly string[]; atLeast?: number }} Claim
 */

/** @type {Readonly<Record<string, Claim>>} by `entity` of pii_core.jsonl */
export const coreClaims = {
  EMAIL: { types: ['email'], atLeast: 0.95 },
  EMAIL_ADDRESS: { types: ['email'], atLeast: 0.95 },
  US_SSN: { types: ['ssn'], atLeast: 0.95 },
  SSN: { types: ['ssn'], atLeast: 0.95 },
  SOCIAL_SECURITY_NUMBER: { types: ['ssn'], atLeast: 0.95 },
  CREDIT_CARD: { types: ['credit_card'], atLeast: 0.95 },
  PHONE: { types: ['phone'], atLeast: 0.95 },
  PHONE_NUMBER: { types: ['phone'], atLeast: 0.95 },
  IP_ADDRESS: { types: ['ip_address'], atLeast: 0.95 },
  IBAN_CODE: { types: ['bank_account'], atLeast: 0.95 },
  US_PASSPORT: { types: ['passport'], atLeast: 0.95 },
  US_DRIVER_LICENSE: { types: ['driver_license'], atLeast: 0.95 },
  DATE_OF_BIRTH: { types: ['date_of_birth'], atLeast: 0.95 },
  US_BANK_NUMBER: { types: ['bank_account'], atLeast: 0.95 },
  MEDICAL_RECORD: { types: ['medical_record'], atLeast: 0.95 },
  BSN: { types: ['bsn'] },
  DRIVERS_LICENCE: { types: ['driver_license'] },
  NATIONAL_INSURANCE_NUMBER: { types: ['uk_nino'] },
  TAX_REFERENCE_NUMBER: { types: ['uk_trn'] },
  UK_DRIVING_LICENCE: { types: ['driver_license'] },
  UK_NHS: { types: ['uk_nhs'] },
  UK_NINO: { types: ['uk_nino'] },
  UK_PASSPORT: { types: ['passport'] },
  US_ITIN: { types: ['us_itin'] },
  US_MBI: { types: ['us_mbi'] },
};

/** @type {Readonly<Record<string, Claim>>} by `entity` of pii_national_ids.jsonl */
export const nationalClaims = {
  CA_SIN: { types: ['ca_sin'] },
  DE_HEALTH_INSURANCE: { types: ['de_health_insurance'] },
  DE_ID_CARD: { types: ['de_id_card', 'passport'] },
  DE_PASSPORT: { types: ['passport', 'de_id_card'] },
  DE_SOCIAL_SECURITY: { types: ['de_social_security'] },
  DE_TAX_ID: { types: ['de_tax_id'] },
  ES_NIE: { types: ['es_nie'] },
  ES_NIF: { types: ['es_nif'] },
  ES_PASSPORT: { types: ['passport'] },
  IT_DRIVER_LICENSE: { types: ['driver_license'] },
  IT_FISCAL_CODE: { types: ['it_fiscal_code'] },
  IT_PASSPORT: { types: ['passport'] },
  FR_NIR: { types: ['fr_nir'] },
  NL_BSN: { types: ['bsn'] },
};
/** Share of the cases of all claimed identifiers together. */
export const nationalAtLeast = 0.9;

/** @type {Readonly<Record<string, number>>} recall by type of pii_sentences.jsonl */
export const sentenceClaims = {
  email: 0.97,
  ssn: 0.97,
  ip_address: 0.97,
  bank_account: 0.97,
  credit_card: 0.97,
  phone: 0.85,
  driver_license: 0,
};
export const mostSpuriousSpans = 10;

/** Shares of pii_evasion.jsonl by level. */
export const evasionAtLeast = { must: 1, should: 0.8, may: 0 };

/** A source's own score up to which it finds the value weak without words around it. */
export const weakScore = 0.4;
