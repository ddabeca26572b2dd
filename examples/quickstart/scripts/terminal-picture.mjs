/**
 * Draws terminal output with escape codes (as the command line writes it with FORCE_COLOR) as an SVG.
 * Knows the styles that `mcpplugins` uses: bold, dim, red, green, yellow, cyan.
 */

const colours = { 31: '#ff7b72', 32: '#7ee787', 33: '#f2cc60', 36: '#79c0ff' };
// oxlint-disable-next-line no-control-regex -- escape codes start with one
const escapeCode = /\u001b\[(\d+)m/g;
const characterWidth = 8.43;
const lineHeight = 19;
const padding = 22;
const titleHeight = 34;

/**
 * @param {string} output
 * @param {{ readonly title: string }} options
 * @returns {string}
 */
export function terminalPicture(output, { title }) {
  const lines = output.trimEnd().split('\n');
  const columns = Math.max(...lines.map((line) => plain(line).length));
  const width = Math.ceil(columns * characterWidth + 2 * padding);
  const height = titleHeight + lines.length * lineHeight + padding;
  const rows = lines.flatMap((line, index) => {
    const y = titleHeight + (index + 1) * lineHeight - 4;
    return line === '' ? [] : `  <text xml:space="preserve" x="${padding}" y="${y}">${spans(line)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(title)}">
  <style>text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; fill: #e6edf3; white-space: pre }</style>
  <rect width="${width}" height="${height}" rx="10" fill="#0d1117"/>
  <text x="${padding}" y="23" fill-opacity="0.65">${escape(`$ ${title}`)}</text>
${rows.join('\n')}
</svg>
`;
}

/** @param {string} line */
function spans(line) {
  let weight = '';
  let opacity = '';
  let fill = '';
  let result = '';
  // Text and escape codes alternate: the odd parts are the codes.
  for (const [index, part] of line.split(escapeCode).entries()) {
    if (index % 2 === 0) {
      if (part !== '') result += `<tspan${weight}${opacity}${fill}>${escape(part)}</tspan>`;
      continue;
    }
    const code = Number(part);
    if (code === 1) weight = ' font-weight="bold"';
    else if (code === 2) opacity = ' fill-opacity="0.6"';
    else if (code === 22) weight = opacity = '';
    else if (code === 39) fill = '';
    else fill = ` fill="${colours[/** @type {keyof typeof colours} */ (code)]}"`;
  }
  return result;
}

/** @param {string} line */
function plain(line) {
  return line.replaceAll(escapeCode, '');
}

/** @param {string} text */
function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
