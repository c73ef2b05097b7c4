import type { Catalogue } from './catalogue.js';

export const FRENCH = {
  problems: {
    'malformed-request': {
      title: 'La requête n’est pas du HTTP',
      detail: 'Elle ne se lit pas comme une requête HTTP/1.1. La connexion est fermée.',
    },
    'malformed-json': {
      title: 'Le corps n’est pas du JSON',
      detail: 'Le corps de la requête ne se lit pas comme du JSON en UTF-8.',
    },
    'validation-failed': {
      title: 'La requête n’est pas comprise',
      detail: 'Rien n’a été fait. « errors » nomme chaque endroit qui n’est pas compris, et pourquoi.',
    },
    'invalid-cursor': {
      title: 'Le curseur n’est pas valable',
      detail: 'Un curseur continue la liste qui l’a donné : renvoyez-le tel quel, sans changer les autres paramètres.',
    },
    'not-possible': {
      title: 'La requête n’est pas possible',
      detail: 'Elle est comprise, mais ne peut être exécutée. « errors » dit pourquoi.',
    },
    'idempotency-key-reused': {
      title: 'La clé d’idempotence a déjà servi',
      detail: 'Une autre requête a été exécutée sous cette clé. Une nouvelle requête demande une nouvelle clé.',
    },
    'record-not-found': {
      title: 'Cette fiche n’existe pas',
      detail: 'Aucune fiche de ce type n’a cet identifiant.',
    },
    'record-deleted': {
      title: 'La fiche est supprimée',
      detail: 'Elle peut être lue avec deleted=true, et restaurée.',
    },
    'record-forgotten': {
      title: 'La fiche est celle d’une personne oubliée',
      detail: 'Ses données personnelles sont effacées pour toujours. Ce qui en reste peut être lu, et plus modifié.',
    },
    'stored-unsealed': {
      title: 'La fiche ne peut être oubliée ici',
      detail:
        'Certains de ses événements ont été enregistrés avant que les données personnelles ne soient scellées, et un ' +
        'événement ne change jamais. Déplacez les données par « sillage export » et « sillage load », qui les scelle, ' +
        'puis recommencez.',
    },
    'external-id-taken': {
      title: 'L’identifiant externe est pris',
      detail: [
        'Une autre fiche de ce type porte l’identifiant externe {externalId} ; « takenBy » est son identifiant.',
        'Une autre fiche de ce type porte cet identifiant externe.',
      ],
    },
    'concurrent-change': {
      title: 'D’autres modifient la fiche',
      detail: 'Rien n’a été enregistré, car d’autres ont modifié la fiche au même moment. Réessayez.',
    },
    'stale-revision': {
      title: 'La fiche a changé',
      detail: [
        'La fiche en est à la révision {currentRevision}, et non {expected}. « events » dit ce qui s’est passé depuis.',
        'La fiche a changé depuis que vous l’avez lue.',
      ],
    },
    'if-match-required': {
      title: 'If-Match manque',
      detail: 'Envoyez en If-Match l’ETag de la fiche telle que vous l’avez vue, pour qu’aucun changement ne se perde.',
    },
    'views-behind': {
      title: 'Les vues ne sont pas encore à jour',
      detail: 'Les listes et rapports ne montrent pas encore la position demandée. Réessayez dans un instant.',
    },
    'store-unavailable': {
      title: 'Le magasin d’événements n’est pas disponible',
      detail: 'Rien ne peut être enregistré ni lu. Réessayez, une écriture avec la même Idempotency-Key.',
    },
    'deadline-exceeded': {
      title: 'Pas de réponse à temps',
      detail: 'Une écriture a pu être enregistrée ou non. Réessayez, une écriture avec la même Idempotency-Key.',
    },
    'shutting-down': {
      title: 'Le serveur s’arrête',
      detail: 'Il ne prend plus de requêtes. Réessayez dans un instant.',
    },
    overloaded: {
      title: 'Trop de demandes à la fois',
      detail: 'Rien n’a été fait, car trop de requêtes sont en cours. Réessayez dans un instant.',
    },
    'service-unavailable': {
      title: 'Une partie du service n’est pas disponible',
      detail:
        'La partie qui prend cette requête est injoignable. Une écriture a pu être enregistrée ou non. ' +
        'Réessayez, une écriture avec la même Idempotency-Key.',
    },
    'route-not-found': {
      title: 'Il n’y a rien ici',
      detail: 'Aucune ressource n’a ce chemin. /docs énumère celles qui existent.',
    },
    'method-not-allowed': {
      title: 'La méthode n’est pas possible ici',
      detail: ['Cette ressource connaît {allow}.', 'Cette ressource ne connaît pas cette méthode.'],
    },
    'token-not-found': {
      title: 'Ce jeton n’existe pas',
      detail: 'Aucun jeton encore valable n’a cet identifiant.',
    },
    'tokens-not-issued': {
      title: 'Aucun jeton n’est délivré ici',
      detail: 'Les jetons viennent de l’émetteur OpenID Connect : créez-les et révoquez-les chez lui.',
    },
    'token-already-shown': {
      title: 'Le jeton a déjà été montré',
      detail:
        'Il a été créé sous cette clé, et un jeton n’est montré qu’une fois. Si vous ne l’avez pas gardé, révoquez ' +
        'celui que « id » nomme et créez-en un autre sous une nouvelle clé.',
    },
    'not-authenticated': {
      title: 'Il faut un jeton valable',
      detail: 'Envoyez un jeton valable dans l’en-tête « Authorization: Bearer <jeton> ».',
    },
    'not-allowed': {
      title: 'Pas autorisé',
      detail: 'Les rôles de votre jeton ne le permettent pas.',
    },
    'request-too-slow': {
      title: 'La requête n’est pas arrivée à temps',
      detail: 'Une requête, avec son corps, doit être envoyée en dix secondes. La connexion est fermée.',
    },
    'body-too-large': {
      title: 'Le corps est trop grand',
      detail: ['Le corps peut avoir {limit} octets au plus.', 'Envoyez-en moins à la fois, en plusieurs requêtes.'],
    },
    'change-too-large': {
      title: 'La modification est trop grande',
      detail: [
        'Les événements d’une modification peuvent avoir {limit} octets en tout. Envoyez des textes plus courts, ou l’un après l’autre.',
        'Envoyez des textes plus courts, ou l’un après l’autre.',
      ],
    },
    'address-too-long': {
      title: 'L’adresse est trop longue',
      detail: 'Chemin, paramètres et en-têtes ensemble peuvent avoir 16 Kio. Demandez en plusieurs requêtes.',
    },
    'headers-too-large': {
      title: 'Les en-têtes sont trop volumineux',
      detail: 'Une requête peut avoir 100 en-têtes, et 16 Kio en tout.',
    },
    'media-type-not-supported': {
      title: 'Le type de contenu n’est pas pris en charge',
      detail: [
        'Un corps de type {type} n’est pas accepté ; envoyez application/json.',
        'Envoyez le corps en application/json.',
      ],
    },
    'encoding-not-supported': {
      title: 'Le codage du corps n’est pas pris en charge',
      detail: 'Un corps est pris tel quel, en UTF-8 et non compressé.',
    },
    'rate-limited': {
      title: 'Plus de requêtes que permis',
      detail: [
        'Rien n’a été fait. Réessayez dans {retryAfter} s ; RateLimit-Policy dit ce qui est permis.',
        'Rien n’a été fait. Réessayez dans un instant ; RateLimit-Policy dit ce qui est permis.',
      ],
    },
    'not-acceptable': {
      title: 'Aucun type de contenu acceptable',
      detail: 'Aucun des types de contenu de Accept ne peut être donné ici.',
    },
    'internal-error': {
      title: 'Quelque chose n’a pas marché',
      detail: 'C’est un défaut de Sillage, pas de votre requête. Donnez le « requestId » en le signalant.',
    },
  },
  faults: {
    required: 'Doit être donné',
    'unknown-field': 'Ce champ n’existe pas',
    'unknown-parameter': 'Ce paramètre n’existe pas',
    'unknown-operator': ['Cet opérateur n’existe pas ; possibles : {choices}', 'Ce champ ne connaît pas cet opérateur'],
    'not-sortable': ['Les listes ne se trient pas ainsi ; possibles : {choices}', 'Les listes ne se trient pas ainsi'],
    'read-only': 'Ne peut être ni donné ni modifié',
    'empty-patch': 'N’a aucun champ à modifier',
    empty: 'Ne doit pas être vide',
    'wrong-type': ['Doit être {expected}', 'N’a pas le bon type'],
    'wrong-form': 'N’a pas la forme qu’il faut ici',
    'too-long': ['A plus de {limit} caractères', 'Est trop long'],
    'too-short': ['A moins de {limit} caractères', 'Est trop court'],
    'too-many': ['A plus de {limit} éléments', 'A trop d’éléments'],
    'too-deep': ['Est imbriqué sur plus de {limit} niveaux', 'Est imbriqué trop profondément'],
    'too-small': ['Doit être au moins {minimum}', 'Est trop petit'],
    'too-large': ['Doit être au plus {maximum}', 'Est trop grand'],
    'too-many-decimals': [
      'A plus de {digits} décimales, le maximum pour {currency}',
      'A plus de {decimals} décimales',
      'A trop de décimales',
    ],
    'not-in-set': ['Doit être l’une de ces valeurs : {choices}', 'N’est pas l’une des valeurs possibles'],
    'not-a-date': 'Doit être une date du calendrier, comme 2026-03-31',
    'not-an-instant': 'Doit être un instant selon la RFC 3339, comme 2026-03-31T08:00:00Z',
    'not-a-decimal': 'Doit être un nombre décimal écrit en texte, comme "1500.00"',
    'unknown-currency': 'Doit être une devise selon ISO 4217, comme EUR',
    'currency-required': [
      'Les montants ne se comparent que dans une devise : donnez aussi {field}',
      'Les montants ne se comparent que dans une devise, qui doit être donnée aussi',
    ],
    'given-twice': 'Ne doit être donné qu’une fois',
    'unexpected-body': 'Cette méthode ne prend pas de corps',
    duplicate: ['{value} figure plus d’une fois', 'Figure plus d’une fois'],
    'in-the-future': 'Ne doit pas être dans l’avenir',
    'in-the-past': 'Doit être dans le futur',
    'unknown-reference': [
      'Aucune fiche parmi {type} n’a l’identifiant {id}',
      'Cette fiche n’existe pas parmi {type}',
      'Cette fiche n’existe pas',
    ],
    'forgotten-person': 'Renvoie à une personne oubliée, sur laquelle plus rien ne peut être écrit',
    'refers-to-itself': 'Une fiche ne peut renvoyer à elle-même',
    'unknown-stage': [
      'Le pipeline n’a pas d’étape {stage} ; ses étapes : {stages}',
      'Le pipeline n’a pas d’étape ouverte ; ses étapes : {stages}',
      'Le pipeline n’a pas cette étape',
    ],
    'wrong-pipeline': ['Doit être un pipeline pour {expects}', 'Doit être un pipeline pour des fiches de ce type'],
    'stage-is-open': 'Ne peut être donné tant que l’étape est ouverte',
    'stage-is-closed': 'Ne peut être retiré tant que l’étape est gagnée ou perdue',
    'no-open-stage': 'Une étape au moins doit être ouverte',
    'relation-required': ['L’un de ces champs au moins doit être donné : {relations}', 'Il faut au moins une relation'],
    'out-of-reach': 'Doit être l’une des personnes dont vous pouvez modifier les fiches',
  },
  expected: {
    keyword: 'un texte',
    text: 'un texte',
    string: 'un texte',
    choice: 'un texte',
    reference: 'l’identifiant d’une fiche',
    number: ['un nombre de {decimals} décimales au plus', 'un nombre'],
    instant: 'un instant selon la RFC 3339',
    date: 'une date',
    money: 'un objet de value et currency',
    keywords: 'une liste de textes',
    open: 'un objet de textes, nombres, booléens et nuls',
    object: 'un objet',
    list: 'une liste',
  },
} as const satisfies Catalogue;
