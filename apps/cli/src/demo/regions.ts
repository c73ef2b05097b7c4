import type { Faker } from '@faker-js/faker';
import { faker as ar } from '@faker-js/faker/locale/ar';
import { faker as de } from '@faker-js/faker/locale/de';
import { faker as el } from '@faker-js/faker/locale/el';
import { faker as enGb } from '@faker-js/faker/locale/en_GB';
import { faker as enUs } from '@faker-js/faker/locale/en_US';
import { faker as fr } from '@faker-js/faker/locale/fr';
import { faker as ja } from '@faker-js/faker/locale/ja';
import { faker as ko } from '@faker-js/faker/locale/ko';
import { faker as pl } from '@faker-js/faker/locale/pl';
import { faker as ptBr } from '@faker-js/faker/locale/pt_BR';
import { faker as zhCn } from '@faker-js/faker/locale/zh_CN';

/** Where demonstration companies and people are from: how they are called, and what they pay with. */
export interface Region {
  readonly faker: Faker;
  readonly country: string;
  readonly currency: string;
  /** About so many units of the currency are one euro. */
  readonly perEuro: number;
  readonly weight: number;
  /** What a conversation was about, in the region's language. */
  readonly subjects: readonly [string, ...string[]];
}

export const REGIONS: readonly [Region, ...Region[]] = [
  region(fr, 'France', 'EUR', 1, 22, ['Appel de suivi', 'Démonstration du produit', 'Devis envoyé', 'Réunion à Paris']),
  region(enUs, 'United States', 'USD', 1.1, 18, ['Follow-up call', 'Product demo', 'Contract "as is" discussed']),
  region(de, 'Deutschland', 'EUR', 1, 12, ['Rückruf', 'Angebot besprochen', 'Vorführung']),
  region(enGb, 'United Kingdom', 'GBP', 0.86, 10, ['Call about prices, terms', 'Site visit', 'Renewal']),
  region(ja, '日本', 'JPY', 160, 10, ['打ち合わせ', '見積書の送付', '電話でのご確認']),
  region(pl, 'Polska', 'PLN', 4.3, 6, ['Rozmowa o ofercie', 'Wysłano umowę', 'Spotkanie w Łodzi']),
  region(zhCn, '中国', 'CNY', 7.8, 6, ['产品演示', '电话跟进', '合同讨论']),
  region(ar, 'الكويت', 'KWD', 0.33, 5, ['مكالمة متابعة', 'عرض المنتج', 'مناقشة العقد']),
  region(ptBr, 'Brasil', 'BRL', 5.9, 5, ['Reunião de apresentação', 'Ligação', 'Proposta enviada']),
  region(el, 'Ελλάδα', 'EUR', 1, 3, ['Τηλεφώνημα', 'Παρουσίαση προϊόντος']),
  region(ko, '대한민국', 'KRW', 1_450, 3, ['제품 시연', '후속 전화']),
];

function region(
  faker: Faker,
  country: string,
  currency: string,
  perEuro: number,
  weight: number,
  subjects: Region['subjects'],
): Region {
  return { faker, country, currency, perEuro, weight, subjects };
}
