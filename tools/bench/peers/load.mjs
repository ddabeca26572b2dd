/**
 * Imports `name` as seen from this folder, so from its own node_modules first.
 *
 * @param {string} name
 * @returns {Promise<any>}
 */
export const importFromHere = (name) => import(name);
