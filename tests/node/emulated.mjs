// The calls, against emulate: a Slack that is neither Slack's nor ours.
import { WebClient } from '@slack/web-api';
import { createEmulator } from 'emulate';

import { callAll, options } from './calls.mjs';

const port = Number(process.env.PORT);
const address = `http://127.0.0.1:${port}`;
const token = 'xoxb-emulated';
const scopes = process.env.SCOPES.split(',');
const app = { app_id: 'A0JAG', bot_id: 'B0BOT', bot_user_id: 'U0BOT' };
const slack = {
  team: { name: 'The partnership', domain: 'partnership' },
  users: [
    { name: 'chair', real_name: 'Ann Chair', email: 'chair@example.org' },
    { name: 'lead', real_name: 'Bob Lead', email: 'lead@example.org' },
  ],
  channels: [{ name: 'open' }, { name: 'other' }],
  oauth_apps: [{ ...app, client_id: 'c', client_secret: 's', name: 'jagbot', bot_name: 'jagbot', redirect_uris: [], scopes }],
  tokens: [{ ...app, token, type: 'bot', user_id: 'U0BOT', scopes }],
};
const emulator = await createEmulator({ service: 'slack', port, hostname: '127.0.0.1', baseUrl: address, seed: { slack } });
try {
  const client = new WebClient(token, options(address));
  const { members } = await client.users.list({});
  const { channels } = await client.conversations.list({});
  const user = (name) => members.find((each) => each.name === name).id;
  const channel = (name) => channels.find((each) => each.name === name).id;
  const trigger = async (view_id) => (await client.apiCall('views.generateTriggerId', { user_id: user('chair'), view_id })).trigger_id;
  const where = { place: channel('open'), elsewhere: channel('general') }; // made before the chair, who is not in it
  await callAll({ client, address, token, ...where, chair: user('chair'), email: 'chair@example.org', trigger });
} finally {
  await emulator.close();
}
