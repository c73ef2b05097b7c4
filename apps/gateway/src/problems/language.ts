import Negotiator from 'negotiator';

/** The languages that callers are answered in, the default first. */
export const LANGUAGES = ['en', 'fr'] as const;

export type Language = (typeof LANGUAGES)[number];

/**
 * The language that an Accept-Language header (RFC 9110, section 12.5.4) likes best: `fr-CA` is French; English when
 * there is no header or neither is wanted.
 */
export function languageOf(acceptLanguage: string | undefined): Language {
  const negotiator = new Negotiator({ headers: { 'accept-language': acceptLanguage } });
  const preferred = negotiator.language(LANGUAGES);
  return LANGUAGES.find((language) => language === preferred) ?? LANGUAGES[0];
}
