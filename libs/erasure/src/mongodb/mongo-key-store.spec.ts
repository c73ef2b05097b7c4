import { describeOnMongo } from '@sillage/view-store/mongodb/testing';
import { keyStoreContract } from '../testing/index.js';
import { openMongoKeyStore } from './index.js';

await describeOnMongo('keys in MongoDB', (mongo) => {
  keyStoreContract('MongoDB', async () => {
    const { db, remove } = await mongo.openDatabase();
    const close = async () => undefined;
    return { open: () => openMongoKeyStore({ db, close }), remove };
  });
});
