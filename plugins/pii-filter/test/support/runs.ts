/** How many texts a property is tried on: 5 000, or 100 000 in the deep suites. */
export const runs = process.env['MCPPLUGINS_DEEP'] === '1' ? 100_000 : 5_000;
