// The floor: what this machine can do with the same work and nothing around it. Started with a file that is not there
// yet, as a process of its own, like the server it is compared with.
import { floorServer } from './floor-server.js';
import { FloorStore } from './floor-store.js';

const file = process.argv[2];
if (file === undefined) throw new Error('which file?');
const url = await floorServer(new FloorStore(file)).listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`The floor is ready at ${url}\n`);
