/** Names that are the same once everything is taken away that a reader does not notice. */
const notNoticed = /[\p{Default_Ignorable_Code_Point}\s_.-]+/gu;

/** Letters of other alphabets, each with the Latin letter that it looks like in the same place of the other string. */
const foreign = 'авекмнорстухіѕјαεικνορτυχ';
const latinTwins = 'abekmhopctyxisjaeikvoptux';

/** Groups of names that a person, or a model, can take for one another. */
export function lookAlikes(names: readonly string[]): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const shape = shapeOf(name);
    const group = groups.get(shape);
    if (group === undefined) groups.set(shape, [name]);
    else group.push(name);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

function shapeOf(name: string): string {
  const plain = name.normalize('NFKC').toLowerCase().replaceAll(notNoticed, '');
  return plain.replaceAll(/[^ -~]/gu, (letter) => latinTwins[foreign.indexOf(letter)] ?? letter);
}
