import { categoryOf, type NewEvent, type PersonalData, type RecordType } from '@sillage/kernel';

/** Which streams say something of persons, and of whom. */
export class PersonalTypes {
  private readonly types: ReadonlyMap<string, RecordType>;

  constructor(types: readonly RecordType[]) {
    this.types = new Map(types.map((type) => [type.name, type]));
  }

  /** Undefined for a stream that says nothing of persons. */
  of(stream: string): PersonalData | undefined {
    return this.typeOf(stream)?.personal;
  }

  /** The type of the record that a stream is of; undefined for a stream that is of none. */
  typeOf(stream: string): RecordType | undefined {
    return this.types.get(categoryOf(stream));
  }

  /** The references of a stream's event to persons: by field, as the subject of a public event names them. */
  referencesIn(stream: string, { data }: NewEvent): readonly { readonly field: string; readonly person: string }[] {
    const type = this.typeOf(stream);
    if (type?.personal === undefined || type.personal.of === 'a-person') return [];
    return type.personal.of.those.flatMap((field) => {
      const id = data[field];
      return typeof id === 'string' ? [{ field, person: personOf(String(type.references[field]), id) }] : [];
    });
  }
}

/** Names a person like the subject of a public event. */
export function personOf(plural: string, id: string): string {
  return `${plural}/${id}`;
}
