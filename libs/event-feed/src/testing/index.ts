export { eventFeedContract } from './event-feed-contract.js';
export { FeedFollower } from './feed-follower.js';
export { aTenant, type FeedUnderTest, Notes, type OpenFeedUnderTest } from './feed-under-test.js';
export { anEvent } from './samples.js';
