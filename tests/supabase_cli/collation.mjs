// Prints the tables of dbgen/render/collation_data.py: the order of Intl.Collator("en"), by which
// `supabase gen types` sorts names, for the characters of these blocks. Run: node collation.mjs
const blocks = [
  [0x20, 0x24f], [0x2b0, 0x2ff], [0x300, 0x36f], [0x370, 0x52f], [0x531, 0x58f], [0x5d0, 0x6ff], [0x900, 0x97f], [0x10d0, 0x11ff],
  [0x2010, 0x205e], [0x20a0, 0x20bf], [0x2190, 0x21ff], [0x2200, 0x22ff], [0x2500, 0x27bf], [0x3001, 0x312f],
  [0x1f300, 0x1f64f], [0x1f680, 0x1f6d7], [0x1f900, 0x1f9ff],
];
const full = new Intl.Collator("en");
const base = new Intl.Collator("en", { sensitivity: "base" });
const accent = new Intl.Collator("en", { sensitivity: "accent" });
const same = (collator, a, b) => collator.compare(a, b) === 0;
const hex = (char) => char.codePointAt(0).toString(16);
// Made of others, save accents that stand alone: their parts, a space and a mark, say nothing of their place.
// Not counted: a letter such as й or ſ, which is more than its parts.
const composed = (char) => {
  const parts = char.normalize("NFKD");
  if (parts === char || /^ ./.test(parts)) return false;
  return char.normalize("NFD") === char ? same(accent, parts, char) : same(base, parts, [...parts][0]);
};
const byCode = (a, b) => a.codePointAt(0) - b.codePointAt(0);

const letters = [];
const marks = [];
for (const [first, last] of blocks) {
  for (let code = first; code <= last; code++) {
    const char = String.fromCodePoint(code);
    if (!/[\p{L}\p{N}\p{P}\p{S}\p{M}\p{Zs}]/u.test(char) || composed(char)) continue;
    if (!same(base, "a" + char, "a")) letters.push(char);
    else if (!same(accent, "a" + char, "a")) marks.push(char);
  }
}
letters.sort((a, b) => full.compare(a, b) || byCode(a, b));
marks.sort((a, b) => full.compare("a" + a, "a" + b) || byCode(a, b));

const latin = [..."abcdefghijklmnopqrstuvwxyz"];
const pairs = latin.flatMap((a) => latin.map((b) => a + b));
const expansions = [];
const groups = [];
for (const char of letters) {
  const pair = /\p{Script=Latin}/u.test(char) && pairs.find((text) => same(base, text, char));
  const last = groups.at(-1);
  if (pair) expansions.push(`${hex(char)}=${pair}`);
  else if (last && same(base, last[0], char)) last.push(char);
  else groups.push([char]);
}

// In a group: characters that differ in case, or (`+mark`) in accent. A capital of its neighbour is left out.
const written = (group) => {
  const result = [];
  for (const [index, char] of group.entries()) {
    if (index && group[index - 1] === char.toLowerCase()) continue;
    const plain = index === 0 || same(accent, group[0], char);
    const mark = plain ? "" : marks.find((other) => same(accent, group[0] + other, char));
    result.push(hex(char) + (plain ? "" : "+" + (mark ? hex(mark) : "")));
  }
  return result.join(",");
};
// Neighbours in code are a run, FIRST-LAST.
const runs = (tokens) => {
  const result = [];
  for (const token of tokens) {
    const [first, last] = (result.at(-1) ?? "").split("-");
    if (/^[0-9a-f]+$/.test(token) && parseInt(token, 16) === parseInt(last ?? first, 16) + 1 && !/[,+]/.test(first))
      result[result.length - 1] = `${first}-${token}`;
    else result.push(token);
  }
  return result;
};
const wrap = (tokens) => {
  const lines = [""];
  for (const token of tokens) {
    if (lines.at(-1).length + token.length > 100) lines.push("");
    lines[lines.length - 1] += (lines.at(-1) ? " " : "") + token;
  }
  return lines.join("\n    ");
};
console.log(`"""The order of characters in Intl.Collator("en"), lowest first; made by tests/supabase_cli/collation.mjs.

LETTERS: a code, FIRST-LAST, or a group of codes that differ in case or, where +MARK, in accent.
"""

LETTERS = """
    ${wrap(runs(groups.map(written)))}
"""
MARKS = """
    ${wrap(runs(marks.map(hex)))}
"""
EXPANSIONS = """
    ${wrap(expansions)}
"""`);
