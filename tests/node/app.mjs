// An app in Socket Mode, made of the official clients alone. It answers what people do and tells what it saw.
import { SocketModeClient } from '@slack/socket-mode';
import { WebClient } from '@slack/web-api';

import { modal, options, say, section } from './calls.mjs';

const { ADDRESS: address, BOT_TOKEN: token, APP_TOKEN: appToken } = process.env;
const web = new WebClient(token, options(address));
// After a disconnect the client waits this long before it comes back.
const socket = new SocketModeClient({ appToken, clientPingTimeout: 300, clientOptions: options(address), logger: options(address).logger });

const button = { type: 'button', text: { type: 'plain_text', text: 'More' }, action_id: 'more', value: 'Tring & Wigginton' };
const blocks = [section('*Wards*'), { type: 'actions', block_id: 'next', elements: [button] }];

socket.on('ws_message', (data) => {
  const { type, reason, num_connections: connections } = JSON.parse(data);
  if (type === 'hello' || type === 'disconnect') say({ saw: type, reason, connections });
});

socket.on('slash_commands', async ({ ack, body }) => {
  say({ saw: 'command', command: body.command, text: body.text, user: body.user_id, channel: body.channel_id });
  if (body.text === 'silent') return;
  if (body.text !== 'form') return ack({ response_type: 'in_channel', text: 'Wards', blocks });
  await ack();
  const { view } = await web.views.open({ trigger_id: body.trigger_id, view: modal('Add') });
  say({ saw: 'opened', view: view.id });
});

socket.on('interactive', async ({ ack, body }) => {
  if (body.type === 'block_actions') await pressed(ack, body);
  if (body.type === 'view_submission') await submitted(ack, body);
});

async function pressed(ack, body) {
  await ack();
  const [{ action_id: action, block_id: block, value }] = body.actions;
  say({ saw: 'pressed', action, block, value, text: body.message.text, user: body.user.id });
  const answer = { replace_original: true, text: 'Tring' };
  const headers = { 'Content-Type': 'application/json' };
  const { status } = await fetch(body.response_url, { method: 'POST', headers, body: JSON.stringify(answer) });
  say({ saw: 'answered', status });
}

async function submitted(ack, body) {
  const typed = body.view.state.values.what.text.value;
  say({ saw: 'submitted', typed, callback: body.view.callback_id });
  if (typed === 'wrong') return ack({ response_action: 'errors', errors: { what: 'Write what is to be done.' } });
  await ack();
  await web.chat.postMessage({ channel: body.user.id, text: `Kept: ${typed}` });
  say({ saw: 'kept' });
}

socket.on('app_mention', async ({ ack, event }) => {
  await ack();
  say({ saw: 'mention', text: event.text, user: event.user });
  await web.chat.postMessage({ channel: event.channel, thread_ts: event.ts, text: 'Here' });
});

let deaf = true; // to the first message to it alone
socket.on('message', async ({ ack, event, body, retry_num: again }) => {
  if (event.bot_id) return ack();
  say({ saw: 'message', kind: event.channel_type, text: event.text, again, id: body.event_id });
  if (deaf && event.channel_type === 'im') deaf = false;
  else await ack();
});

socket.on('app_home_opened', async ({ ack, event }) => {
  await ack();
  await web.views.publish({ user_id: event.user, view: { type: 'home', blocks: [section('At home')] } });
  say({ saw: 'home', tab: event.tab });
});

await socket.start();
say({ saw: 'started' });
process.stdin.resume();
process.stdin.on('end', async () => {
  await socket.disconnect();
  say({ saw: 'stopped' });
});
