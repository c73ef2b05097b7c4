import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { Failure } from '../failure.js';

/**
 * A place in a YAML file: reads what stands there, and says where that is when it is wrong. Every scalar is read as
 * text (YAML's failsafe schema), so that `No`, `0` and `1.10` mean what is written.
 */
export class YamlPlace {
  private constructor(
    private readonly file: YamlFile,
    private readonly node: unknown,
    /** From the top of the file: `files[1].fields`. */
    private readonly path: string,
    private readonly offset: number,
  ) {}

  /** @throws Failure when the text is not YAML. */
  static top(name: string, text: string): YamlPlace {
    const lines = new LineCounter();
    const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines });
    const [error] = document.errors;
    if (error !== undefined) {
      const line = lines.linePos(error.pos[0]).line;
      throw new Failure(`${name}:${line}: ${error.message.split('\n', 1)[0]}`);
    }
    return new YamlPlace({ name, document, lines }, document.contents, '', 0);
  }

  /** What is wrong here, as `file:line: path: message`. */
  wrong(message: string): Failure {
    const { line } = this.file.lines.linePos(this.offset);
    return new Failure(`${this.file.name}:${line}: ${this.path === '' ? '' : `${this.path}: `}${message}`);
  }

  get isText(): boolean {
    return isScalar(this.node);
  }

  /** @throws Failure unless there is a text here. */
  text(): string {
    if (isScalar(this.node) && typeof this.node.value === 'string' && this.node.value !== '') return this.node.value;
    throw this.wrong('a text is wanted here');
  }

  /** One of some words. */
  choice<Word extends string>(words: readonly Word[]): Word {
    const text = this.text();
    const word = words.find((candidate) => candidate === text);
    if (word === undefined) throw this.wrong(`"${text}" is none of ${words.join(', ')}`);
    return word;
  }

  list(): readonly YamlPlace[] {
    if (!isSeq(this.node)) throw this.wrong('a list is wanted here');
    return this.node.items.map((item, index) => this.at(item, `${this.path}[${index}]`));
  }

  /** The entries of a map with free keys, in order. */
  entries(): readonly (readonly [key: string, value: YamlPlace])[] {
    if (!isMap(this.node)) throw this.wrong('a map of "key: value" is wanted here');
    return this.node.items.map(({ key, value }) => {
      const name = isScalar(key) ? String(key.value) : '';
      const place = this.at(key, this.path === '' ? name : `${this.path}.${name}`);
      if (name === '') throw place.wrong('the key has to be a text');
      return [name, this.at(value ?? key, place.path, value === null)] as const;
    });
  }

  /** The members of a map whose keys are known; any other key is refused. */
  members<Name extends string>(...names: readonly Name[]): Members<Name> {
    const found = new Map<string, YamlPlace>();
    for (const [key, value] of this.entries()) {
      if (!names.some((name) => name === key)) throw value.wrong(`there is no "${key}" here, only ${names.join(', ')}`);
      found.set(key, value);
    }
    return {
      optional: (name) => found.get(name),
      required: (name) => {
        const place = found.get(name);
        if (place === undefined) throw this.wrong(`"${name}" is missing`);
        return place;
      },
    };
  }

  private at(node: unknown, path: string, isEmpty = false): YamlPlace {
    const resolved = isAlias(node) ? node.resolve(this.file.document) : node;
    return new YamlPlace(this.file, isEmpty ? undefined : resolved, path, startOf(node) ?? this.offset);
  }
}

export interface Members<Name extends string> {
  optional(name: Name): YamlPlace | undefined;
  /** @throws Failure when the map lacks it. */
  required(name: Name): YamlPlace;
}

interface YamlFile {
  readonly name: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

function startOf(node: unknown): number | undefined {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
    ? Number(node.range[0])
    : undefined;
}
