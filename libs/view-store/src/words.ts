import anyAscii from 'any-ascii';

/** Words are cut here, in documents as in queries: what is longer is no word, and would only weigh on an index. */
const LONGEST_WORD = 64;

/** Of an international number (ITU-T E.164), and of a local one without its prefixes. */
const MOST_PHONE_DIGITS = 15;
const LEAST_PHONE_DIGITS = 7;

const ASCII = /^[\0-\x7f]*$/;
const NOT_ASCII = /[^\0-\x7f]/gu;

/** What only changes the letter beside it: passed over when there is no transliteration of it. */
const MODIFIER = /^[\p{M}\p{Lm}\p{Cf}]$/u;

/** Apostrophes hold a word together: `O'Brien`, `l'Oréal`, and `об’єднання` whichever of them it is written with. */
const ASCII_RUN = /[a-z0-9]+(?:'[a-z0-9]+)*/g;
const RUN = /[\p{L}\p{N}\p{M}]+(?:['’‘`][\p{L}\p{N}\p{M}]+)*/gu;
const APOSTROPHES = /['’‘`ʼʻ]/gu;
const NOT_OF_A_WORD = /[^\p{L}\p{N}]/gu;

/** Runs of the scripts that are written without spaces between words. */
const UNSPACED = /([\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmr}\p{scx=Mymr}]+)/u;

/** Groups of digits, at most two signs apart; looked for only where enough digits stand close together. */
const MAYBE_PHONE = /(?:\d\D{0,2}){7}/;
const PHONE = /[+(]{0,2}\d+(?:(?:[ ().-]{1,2}|\/)\d+)+/g;

/** Not any two numbers side by side: begins as numbers to dial do, or is held together by more than spaces. */
const SURELY_PHONE = /^(?:[+(0].*|[^ ]*)$/;

// One locale for all texts: the dictionaries behind it know each script, and words must not depend on the server's.
const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/**
 * A text with case and accents aside, in ASCII where its letters have a transliteration (`Łódź` gives `lodz`, `Straße`
 * `strasse`, `Αθήνα` `athina`, `深圳` `shenzhen`), so that texts which fold alike sort side by side. Letters that have
 * none stay, in lower case.
 */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text.normalize('NFKC').replace(NOT_ASCII, transliterate).toLowerCase();
}

/**
 * The distinct words of a text, folded: a document is found by each prefix of each of them. What is written in one
 * piece or in several is there both ways: `O'Brien` gives `o`, `brien` and `obrien`; `+33 1 23 45 67 89` gives its
 * groups, and the digits in one piece from each group on, so that it is found with and without what precedes.
 */
export function words(text: string): string[] {
  const found = new Set<string>();
  addWords(text, found);
  return [...found];
}

/** Adds what `words` gives to words already found: for the words of several texts. */
export function addWords(text: string, found: Set<string>): void {
  const normal = normalize(text);
  for (const run of runs(normal)) {
    addRun(run, found);
    const parts = run.split(APOSTROPHES);
    if (parts.length > 1) for (const part of parts) addRun(part, found);
  }
  for (const { groups } of phones(normal)) {
    for (let from = 0; from < groups.length; from++) {
      const digits = groups.slice(from).join('');
      if (digits.length >= LEAST_PHONE_DIGITS) found.add(digits);
    }
  }
}

/**
 * The distinct words that a search asks for: a document matches when each is a prefix of one of its `words`. Other than
 * there, what could be written in several pieces is one word, because the document may have it in one.
 */
export function queryWords(text: string): string[] {
  const found = new Set<string>();
  let rest = normalize(text);
  for (const { written, groups } of phones(rest)) {
    if (!SURELY_PHONE.test(written)) continue;
    found.add(groups.join(''));
    rest = rest.replace(written, ' ');
  }
  for (const run of runs(rest)) addRun(run, found);
  return [...found];
}

function normalize(text: string): string {
  return (ASCII.test(text) ? text : text.normalize('NFKC')).toLowerCase();
}

function runs(normal: string): readonly string[] {
  return normal.match(ASCII.test(normal) ? ASCII_RUN : RUN) ?? [];
}

/** Adds the words of a run, apostrophes aside. */
function addRun(run: string, found: Set<string>): void {
  const letters = run.replace(APOSTROPHES, '');
  if (ASCII.test(letters)) addWord(letters, found);
  else for (const piece of pieces(letters)) addWord(fold(piece).replace(NOT_OF_A_WORD, ''), found);
}

function addWord(word: string, found: Set<string>): void {
  if (word !== '') found.add(cut(word));
}

function cut(word: string): string {
  return word.length <= LONGEST_WORD ? word : Array.from(word).slice(0, LONGEST_WORD).join('');
}

/** Words as they are written, before anything is transliterated: the dictionaries know no other form. */
function pieces(run: string): readonly string[] {
  const alternating = run.split(UNSPACED);
  if (alternating.length === 1) return alternating;
  return alternating.flatMap((piece, index) => (index % 2 === 1 ? segments(piece) : [piece]));
}

function segments(text: string): readonly string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function transliterate(character: string): string {
  const ascii = anyAscii(character);
  return ascii !== '' || MODIFIER.test(character) ? ascii : character;
}

interface Phone {
  readonly written: string;
  readonly groups: readonly string[];
}

function phones(normal: string): readonly Phone[] {
  if (!MAYBE_PHONE.test(normal)) return [];
  return (normal.match(PHONE) ?? [])
    .map((written) => ({ written, groups: written.match(/\d+/g) ?? [] }))
    .filter(({ groups }) => {
      const digits = groups.join('').length;
      return digits >= LEAST_PHONE_DIGITS && digits <= MOST_PHONE_DIGITS;
    });
}
