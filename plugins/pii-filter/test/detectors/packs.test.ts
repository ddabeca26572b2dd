import { describe, expect, it } from 'vitest';
import { createPiiEngine } from '../../src/index.js';

const engine = createPiiEngine();

/** Type and value of each find. */
function found(text: string): string[] {
  return engine.scan(text).map(({ type, start, end }) => `${type} ${text.slice(start, end)}`);
}

/** `text` with the value between brackets, its type, in each line. */
const hits: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  global: [
    ['email', 'mailto:<o.brien+x@mail.example.co.uk>, thanks'],
    ['email', '<"john doe"@example.com>'],
    ['email', 'tëst <tëst@exämple.de>'],
    ['email', '(<john@example.com>)'],
    ['email', "'<john@example.com>'"],
    ['email', 'user=<john@example.com>&x=1'],
    ['credit_card', 'paid with <4111-1111-1111-1111> 12/25'],
    ['credit_card', '<6011000990139424>'],
    ['credit_card', '<2223003122003222>'],
    ['credit_card', '<3530111333300000>'],
    ['credit_card', '<6200000000000005>'],
    ['credit_card', 'card no <676222165679>'],
    ['bank_account', 'IBAN <MT84MALT011000012345MTLCAST001S>'],
    ['bank_account', '<NL91 ABNA 0417 1643 00>'],
    ['bank_account', 'Bank account: <12-3456-7890123>'],
    ['ip_address', 'from <10.0.0.1>:8080'],
    ['ip_address', '<10.1.0.0/16>'],
    ['ip_address', '[<2001:db8::1>]:443'],
    ['ip_address', '<::ffff:192.0.2.1>'],
    ['ip_address', '<1:2:3:4:5:6:7:8>'],
    ['phone', '<+1 (312) 515-2239>'],
    ['phone', '<(+49) 171 1234567>'],
    ['phone', '<+46 (0)157 548 89>'],
    ['phone', '<312.714.8142> or so'],
    ['phone', '<555-123-4567 x89>'],
    ['phone', 'Tel. <030 123456>'],
    ['phone', 'mobile number <07911 123456>'],
    ['phone', '{"phoneNumber": "<5551234567>"}'],
    ['phone', 'whatsapp <60-56-85-91>'],
    ['date_of_birth', 'Born on <1990-01-15>.'],
    ['date_of_birth', 'dateOfBirth=<15/01/1990>'],
    ['date_of_birth', 'she was born <15th June 1991> in Ulm'],
    ['date_of_birth', 'birthday: <June 15, 1991>'],
    ['date_of_birth', '<22/11/1972> is his birthday'],
    ['passport', 'passport no. <X1234567>'],
    ['passport', '<123456789> is my passport number'],
    ['driver_license', "Driver's license: <S530-4608-9012>"],
    ['driver_license', 'DL# <F162823540116>'],
    ['medical_record', 'MRN <00123456>'],
    ['medical_record', 'patient id: <PX-8812345>'],
  ],
  us: [
    ['ssn', '<219-45-6789>'],
    ['ssn', '<219 45 6789>'],
    ['ssn', 'social security number <219456789>'],
    ['ssn', '{"ssn":"<219456789>"}'],
    ['us_itin', '<912-70-1234>'],
    ['us_itin', 'ITIN <912701234>'],
    ['us_ein', 'EIN: <12-3456789>'],
    ['us_mbi', '<1EG4-TE5-MK73>'],
    ['us_npi', 'NPI <1234567893>'],
    ['bank_routing', 'routing number <121000358>'],
    ['medical_license', 'DEA number <AB1234563>'],
  ],
  ca: [
    ['ca_sin', '<130 692 544>'],
    ['ca_sin', 'SIN <130692544>'],
  ],
  uk: [
    ['uk_nino', '<AB123456C>'],
    ['uk_nino', 'my <ab 12 34 56 c> is'],
    ['uk_nhs', 'NHS number <943 476 5919>'],
    ['uk_utr', 'UTR <12345 67890>'],
    ['driver_license', '<MORGA657054SM9IJ>'],
    ['passport', 'Passports: <AB1234567>'],
  ],
  de: [
    ['de_tax_id', 'Steuer-ID <86095742719>'],
    ['de_tax_id', '<86 095 742 719>'],
    ['de_id_card', 'Ausweisnummer <L01X00T471>'],
    ['de_social_security', 'Rentenversicherungsnummer <65 170839 J 003>'],
    ['de_health_insurance', 'Versichertennummer <A123456780>'],
    ['de_tax_number', 'Steuernummer <181/815/08155>'],
    ['passport', 'Reisepass <C01X00T41>'],
    ['driver_license', 'Führerschein: <B072RRE2I55>'],
    ['date_of_birth', 'geboren am <3. März 1980>'],
    ['phone', 'Rufnummer <0171 1234567>'],
    ['bank_account', 'Kontonummer <532013000>'],
  ],
  fr: [
    ['fr_nir', '<1 85 05 78 006 084 91>'],
    ['fr_nir', '<185057800608491>'],
    ['passport', 'passeport <12AB34567>'],
    ['date_of_birth', 'né le <3 mars 1980>'],
    ['phone', 'téléphone : <01 23 45 67 89>'],
  ],
  es: [
    ['es_nif', 'DNI <12345678Z>'],
    ['es_nie', 'NIE <X1234567L>'],
    ['es_nie', '<X-1234567-L>'],
    ['es_nuss', 'NUSS <281234567840>'],
    ['date_of_birth', 'fecha de nacimiento: <3 de mayo de 1990>'],
  ],
  it: [
    ['it_fiscal_code', '<RSSMRA85T10A562S>'],
    ['it_fiscal_code', 'codice fiscale <RSSMRA85T10A562S>'],
    ['it_identity_card', "carta d'identità <AA1234567>"],
    ['driver_license', 'patente <AB1234567C>'],
    ['date_of_birth', 'nato il <3 maggio 1990>'],
  ],
  nl: [
    ['bsn', 'BSN <111222333>'],
    ['passport', 'paspoort <SPECI2014>'],
    ['date_of_birth', 'geboortedatum <3 mei 1990>'],
    ['bank_account', 'rekening <1234567890>'],
  ],
};

/** Lines in which nothing is to be found. */
const misses: readonly string[] = [
  'version 10.4.2.1 of the driver',
  'v1.2.3.4',
  '192.168.1.256',
  '1.2.3.4.5',
  '3.14159265358979',
  'commit 3f786850e387550fdab836ed7e6dc881de23001b',
  '550e8400-e29b-41d4-a716-446655440000',
  '2024-01-15T10:30:45.123Z',
  'from 2024-01-15 to 2024-02-15',
  'at 10:30:45 and 11:30',
  'epoch 1700000000 or 1700000000123',
  'ISBN 978-3-16-148410-0',
  'order 555-123-4567-89',
  'tracking number 1Z999AA10123456784',
  'total $1,234,567.00',
  'size 4096 bytes, offset 1048576',
  'std::vector and Foo::bar(a::b)',
  'logo@2x.png and @mention',
  'git clone https://github.com/org/repo.git',
  'npm install left-pad@1.3.0',
  'call 911 or 112',
  'SSN 000-12-3456 and 666-12-3456, 123-00-4567, 123-45-0000',
  'SSN 078-05-1120',
  '4111 1111 1111 1112',
  'GB29 NWBK 6016 1331 9268 18',
  'BG123456A and AB123456E',
  'MORGA601324SM9IJ',
  '12345678A as a DNI without its letter',
  'RSSMRA85T10A562T',
  'the year 1984 and the years 1990-1999',
  'born in the 80s',
  'passport control is on floor 3',
  'account for 100 percent',
  'coordinates 52.520008, 13.404954',
  'serial number 123456789012',
  'invoice 123456789',
  'sku 0012345678905',
  'a 10-digit number: 1234567890',
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk',
  'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
];

describe.each(Object.entries(hits))('pack %s', (_pack, lines) => {
  it.each(lines)('finds %s in %j', (type, marked) => {
    const value = /<(.*)>/.exec(marked)?.[1] ?? '';
    expect(found(marked.replace(/<(.*)>/, '$1'))).toContain(`${type} ${value}`);
  });
});

describe('all packs', () => {
  it.each(misses)('find nothing in %j', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('can be loaded one at a time', () => {
    const german = createPiiEngine({ locales: ['de'] });
    const text = 'Steuer-ID 86095742719, SSN 123-45-6789, BSN 111222333';
    expect(german.scan(text).map(({ type }) => type)).toEqual(['de_tax_id']);
  });
});
