import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fold, queryWords, words } from './words.js';

/** As a store finds: each word of the query is the beginning of a word of the text. */
function finds(query: string, text: string): boolean {
  const found = words(text);
  return queryWords(query).every((word) => found.some((one) => one.startsWith(word)));
}

describe('fold', () => {
  it.each([
    ['English', 'Hello World', 'hello world'],
    ['French', 'Élève à Besançon, œuvre', 'eleve a besancon, oeuvre'],
    ['German', 'Größe, Straße, ÄÖÜ', 'grosse, strasse, aou'],
    ['Spanish', 'Ñandú', 'nandu'],
    ['Portuguese', 'São João', 'sao joao'],
    ['Polish', 'Łódź', 'lodz'],
    ['Czech', 'Příliš žluťoučký', 'prilis zlutoucky'],
    ['Danish', 'Ærøskøbing', 'aeroskobing'],
    ['Icelandic', 'Þór Guðmundsson', 'thor gudmundsson'],
    ['Turkish', 'İstanbul ılık', 'istanbul ilik'],
    ['Vietnamese', 'Đặng Thị Hồng', 'dang thi hong'],
    ['Romanian', 'București', 'bucuresti'],
    ['Greek', 'Αθήνα', 'athina'],
    ['Russian', 'Щукин', 'shchukin'],
    ['Ukrainian', 'Київ', 'kiiv'],
    ['Georgian', 'თბილისი', 'tbilisi'],
    ['Hindi', 'हिन्दी', 'hindi'],
    ['Korean', '서울', 'seoul'],
    ['Chinese', '深圳', 'shenzhen'],
    ['Japanese', 'とうきょう', 'toukiyou'],
    ['ligatures and wide letters', 'ﬁne ＡＢＣ', 'fine abc'],
    ['digits of other scripts', '٣ ५', '3 5'],
    ['combining accents', 'e\u0301te\u0301', 'ete'],
  ])('%s', (_, text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it('gives one form to all ways of writing a text', () => {
    for (const text of ['É', 'é', 'E\u0301', 'e\u0301', 'e', 'ｅ']) expect(fold(text)).toBe('e');
  });

  it('changes nothing that is folded', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => fold(fold(text)) === fold(text)));
  });

  it('keeps letters that have no transliteration', () => {
    expect(fold('\u{10d00}')).toBe('\u{10d00}');
  });
});

describe('words', () => {
  it.each([
    ['distinct, folded', 'Jane jane JÁNE Doe', ['jane', 'doe']],
    ['of letters and digits', 'A4-paper_v2, 3rd!', ['a4', 'paper', 'v2', '3rd']],
    ['of an address of e-mail', 'Jane.Doe+crm@acme-corp.example', ['jane', 'doe', 'crm', 'acme', 'corp', 'example']],
    ['of an address on the web', 'https://www.acme.example/a?b=c', ['https', 'www', 'acme', 'example', 'a', 'b', 'c']],
    ['with an apostrophe, whole and in parts', "O'Brien", ['obrien', 'o', 'brien']],
    ['with any apostrophe', 'l’Oréal', ['loreal', 'l', 'oreal']],
    ['with an apostrophe that is a letter', 'обʼєднання', ['obiednannya', 'ob', 'iednannya']],
    ['of Chinese', '北京大学', ['beijing', 'daxue']],
    ['of Japanese', '東京の天気', ['dongjing', 'no', 'tianqi']],
    ['of Thai', 'สวัสดีชาวโลก', ['swasdi', 'chaw', 'olk']],
    ['of two scripts together', 'Sony株式会社', ['sony', 'zhushihuishe']],
    ['none', ' -- !? 😀 ', []],
    ['none of nothing', '', []],
  ])('%s', (_, text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('holds the groups of a number to dial, and its digits from each group on', () => {
    expect(words('+33 1 23 45 67 89')).toEqual([
      ...['33', '1', '23', '45', '67', '89'],
      ...['33123456789', '123456789', '23456789'],
    ]);
  });

  it.each(['12 rue 5', '1.5', '2026', '00000 00000 00000 00000'])('takes %s for no number to dial', (text) => {
    expect(words(text)).toEqual(text.split(/[^a-z0-9]/).filter((word, index, all) => all.indexOf(word) === index));
  });

  it('cuts what is too long for a word', () => {
    expect(words('x'.repeat(1_000))).toEqual(['x'.repeat(64)]);
    expect(words('\u{10d00}'.repeat(100))).toEqual(['\u{10d00}'.repeat(64)]);
  });

  it('contains only letters and digits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => words(text).every((word) => /^[\p{L}\p{N}]+$/u.test(word))),
    );
  });
});

describe('a query', () => {
  it.each([
    ['jane.doe@acme', 'Jane.Doe@acme.example'],
    ['doe jane', 'Jane Doe'],
    ['STRASSE', 'Hauptstraße, Straße'],
    ["o'brien", 'OBrien'],
    ['obrien', "O'Brien"],
    ['brien', "O'Brien"],
    ['33 1', '+33 1 23 45 67 89'],
    ['+33123456789', '+33 1 23 45 67 89'],
    ['+33 1 23 45', '+33123456789'],
    ['1 23 45 67 89', '+33 1 23 45 67 89'],
    ['0123456789', '+33 (0)1 23 45 67 89'],
    ['(415) 555-2671', '+1 415.555.2671'],
    ['415-555', '415-555-2671'],
    ['75001 2026', 'Paris 75001, founded 2026'],
    ['2026-05-01', 'signed on 2026-05-01'],
    ['北京', '北京大学'],
    ['東京', '東京都渋谷区'],
  ])('%s finds %s', (query, text) => {
    expect(finds(query, text)).toBe(true);
  });

  it.each([
    ['ane', 'Jane'],
    ['海', '上海'],
    ['jane roe', 'Jane Doe'],
    ['+33 1 99', '+33 1 23 45 67 89'],
  ])('%s does not find %s', (query, text) => {
    expect(finds(query, text)).toBe(false);
  });

  it('finds the text that it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => finds(text, text)));
    const digits = fc.array(fc.constantFrom(...'0123456789', ' ', '-', '(', ')', '+', '/', '.'), { maxLength: 25 });
    fc.assert(
      fc.property(digits, (characters) => finds(characters.join(''), characters.join(''))),
      { numRuns: 1_000 },
    );
  });
});
