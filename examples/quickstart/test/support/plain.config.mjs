// Tests that a guide shows: no settings of this repository apply to them.
export default { test: { include: ['*.test.js'] } };
