import { type EnsuredTopic, ensureTopic, type TopicPlan } from '@sillage/event-feed/kafka';
import { kafkaServers } from '@sillage/platform';

/** @throws StartupError when the brokers are not set; an error of kafkajs when they cannot be reached or refuse. */
export async function ensureEventsTopic(env: NodeJS.ProcessEnv, plan: TopicPlan): Promise<EnsuredTopic> {
  // What the client tells of its attempts is left out: the last one that fails is what is thrown.
  return ensureTopic(kafkaServers(env), plan, () => {});
}
