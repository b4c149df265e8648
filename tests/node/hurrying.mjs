// Posts faster than a channel takes messages, and tells how the client was slowed down.
import { WebClient, WebClientEvent } from '@slack/web-api';

import { options, say } from './calls.mjs';

const { ADDRESS: address, BOT_TOKEN: token, CHANNEL: channel, MESSAGES: messages } = process.env;
const client = new WebClient(token, options(address));
client.on(WebClientEvent.RATE_LIMITED, (seconds, { url }) => say({ limited: seconds, url }));
const began = performance.now();
for (let at = 1; at <= Number(messages); at += 1) await client.chat.postMessage({ channel, text: `Message ${at}` });
say({ seconds: (performance.now() - began) / 1000 });
const plain = new WebClient(token, { ...options(address), rejectRateLimitedCalls: true });
try {
  await plain.chat.postMessage({ channel, text: 'One too many' });
} catch (error) {
  say({ code: error.code, retryAfter: error.retryAfter });
}
