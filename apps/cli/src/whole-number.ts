import { InvalidArgumentError } from 'commander';

/** Reads the argument of an option that is a whole number. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(number) || number < least) {
      throw new InvalidArgumentError(`a whole number from ${least} on is wanted`);
    }
    return number;
  };
}
