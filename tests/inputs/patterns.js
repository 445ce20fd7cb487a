// Reads [[pattern, [text, …]], …] and prints, for each, null where the pattern is refused, else which texts match.
const jobs = JSON.parse(require("fs").readFileSync(0, "utf8"));

function compiled(text) {
  const literal = /^\/(.+)\/([a-z]*)$/s.exec(text);
  const [body, flags] = literal ? [literal[1], literal[2]] : [text, ""];
  for (const more of flags.includes("i") || flags.includes("u") ? [""] : ["u", ""]) {
    try {
      new RegExp(body, flags + more);
      return new RegExp(body, flags.replace("g", "") + more);
    } catch {
      continue;
    }
  }
  return null;
}

const answer = jobs.map(([pattern, texts]) => {
  const own = compiled(pattern);
  // Without the flag u a character is half of a pair: there is nothing to compare.
  const beyond = (text) => !own.unicode && /[\u{10000}-\u{10ffff}]/u.test(text);
  return own && texts.map((text) => (beyond(text) ? null : own.test(text)));
});
process.stdout.write(JSON.stringify(answer));
