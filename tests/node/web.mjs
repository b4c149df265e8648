// The calls, against the workspace that serves at ADDRESS. A line with `wants` is answered on stdin by whoever runs this.
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import { WebClient } from '@slack/web-api';

import { callAll, options, say } from './calls.mjs';

const { ADDRESS: address, BOT_TOKEN: token, WORLD } = process.env;
const answers = createInterface({ input: process.stdin });

async function trigger() {
  const line = once(answers, 'line');
  say({ wants: 'trigger' });
  return (await line)[0];
}

await callAll({ ...JSON.parse(WORLD), client: new WebClient(token, options(address)), address, token, trigger });
answers.close();
