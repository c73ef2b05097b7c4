/**
 * Lets those who ask the same at the same time share one answer: hundreds of records that begin at once need the same
 * few facts. What can turn is never taken from a question that may have been answered before it was asked.
 */
export class QuestionsUnderWay<Answer> {
  private readonly underWay = new Map<string, Promise<Answer>>();

  /**
   * The answer to a question under way if it is final, that is, could not be another one now; else the answer to a
   * question that was put after this call.
   */
  async ask(question: string, isFinal: (answer: Answer) => boolean, put: () => Promise<Answer>): Promise<Answer> {
    const earlier = this.underWay.get(question);
    if (earlier !== undefined) {
      const [outcome] = await Promise.allSettled([earlier]);
      if (outcome.status === 'fulfilled' && isFinal(outcome.value)) return outcome.value;
    }
    // What is under way by now was put when the earlier one had ended.
    return this.underWay.get(question) ?? this.put(question, put);
  }

  private put(question: string, put: () => Promise<Answer>): Promise<Answer> {
    const answer = put().finally(() => this.underWay.delete(question));
    this.underWay.set(question, answer);
    return answer;
  }
}
