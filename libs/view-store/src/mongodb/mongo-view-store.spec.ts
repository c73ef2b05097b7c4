import { viewStoreContract } from '../testing/index.js';
import { MongoGenerations } from './index.js';
import { describeOnMongo } from './testing/mongo-for-tests.js';

await describeOnMongo('views on MongoDB', (mongo) => {
  viewStoreContract('MongoDB', async (schema) => {
    const database = await mongo.openDatabase();
    const generations = new MongoGenerations(database.db, schema);
    return { open: () => generations.open(1), remove: database.remove };
  });
});
