// Calls of the Web API that an app makes, in the order it makes them. What came back is told under a name for each.
// `world` says where: {client, address, token, place (a channel the app is outside), chair (an id), email (the chair's),
// elsewhere (a channel that the chair is outside, not the app), trigger() -> a new trigger_id of the chair's, pressed in the view it is given}.
import { WebClient } from '@slack/web-api';

const plain = (text) => ({ type: 'plain_text', text });
export const section = (text) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const input = { type: 'input', block_id: 'what', label: plain('What'), element: { type: 'plain_text_input', action_id: 'text' } };
export const modal = (title) => ({ type: 'modal', callback_id: 'add', title: plain(title), submit: plain('Save'), blocks: [input] });
const quiet = { logger: { debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, getLevel: () => 'error', setName() {} } };

export const options = (address) => ({ slackApiUrl: `${address}/api/`, retryConfig: { retries: 3, minTimeout: 10, maxTimeout: 20 }, ...quiet });

export const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

// Answers come with what the client read in their headers; that is not the answer's.
function asAnswered({ response_metadata: about = {}, ...answer }) {
  const { scopes, acceptedScopes, retryAfter, ...kept } = about;
  if (answer.files?.[0]?.files) return { ...answer, files: answer.files.map(asAnswered) };
  return Object.keys(kept).length ? { ...answer, response_metadata: kept } : answer;
}

async function made(call) {
  try {
    return asAnswered(await call);
  } catch (error) {
    if (error.data) return asAnswered(error.data);
    if (error.statusCode) return { ok: false, http: error.statusCode };
    throw error;
  }
}

export async function callAll(world) {
  const { client } = world;
  const told = async (step, call) => {
    const answer = await made(call);
    say({ step, answer });
    return answer;
  };
  await about(client, world, told);
  const im = await places(client, world, told);
  const head = await messages(client, world, told);
  await conversation(client, world, told, head);
  await marks(client, world, told, head);
  await views(client, world, told);
  await files(client, world, told, head, im);
  await refusals(client, world, told);
}

async function about(client, { chair, email }, told) {
  const me = await told('auth.test', client.auth.test());
  await told('team.info', client.team.info());
  await told('bots.info', client.bots.info({ bot: me.bot_id }));
  await told('bots.info nobody', client.bots.info({ bot: 'B0NOBODY' }));
  await told('users.list', client.users.list({}));
  const pages = [];
  for await (const page of client.paginate('users.list', { limit: 1 })) pages.push(page.members.length);
  say({ step: 'users.list paged', pages });
  await told('users.info', client.users.info({ user: chair }));
  await told('users.info nobody', client.users.info({ user: 'U0NOBODY' }));
  await told('users.lookupByEmail', client.users.lookupByEmail({ email }));
  await told('users.lookupByEmail nobody', client.users.lookupByEmail({ email: 'nobody@example.org' }));
}

async function places(client, { place, chair }, told) {
  await told('conversations.list', client.conversations.list({}));
  await told('conversations.list first', client.conversations.list({ limit: 1 }));
  await told('conversations.info', client.conversations.info({ channel: place }));
  await told('conversations.info nowhere', client.conversations.info({ channel: 'C0NOWHERE' }));
  await told('chat.postMessage outside', client.chat.postMessage({ channel: place, text: 'From outside' }));
  await told('conversations.join', client.conversations.join({ channel: place }));
  await told('conversations.join again', client.conversations.join({ channel: place }));
  await told('conversations.members', client.conversations.members({ channel: place }));
  const { channel: im } = await told('conversations.open', client.conversations.open({ users: chair }));
  await told('conversations.open again', client.conversations.open({ users: chair, return_im: true }));
  await told('conversations.open nobody', client.conversations.open({ users: 'U0NOBODY' }));
  await told('conversations.open without', client.conversations.open({}));
  await told('conversations.info im', client.conversations.info({ channel: im.id }));
  return im.id;
}

async function messages(client, { place, elsewhere, chair }, told) {
  const { ts } = await told('chat.postMessage', client.chat.postMessage({ channel: place, text: 'Head & <tail>' }));
  const blocks = [section('*Wards*'), { type: 'actions', elements: [{ type: 'button', text: plain('More'), action_id: 'more', value: '1' }] }];
  await told('chat.postMessage blocks', client.chat.postMessage({ channel: place, text: 'Wards', blocks }));
  const metadata = { event_type: 'notice', event_payload: { key: 'k1' } };
  const noted = await told('chat.postMessage metadata', client.chat.postMessage({ channel: place, text: 'Noted', metadata }));
  await told('chat.postMessage thread', client.chat.postMessage({ channel: place, thread_ts: ts, text: 'Reply' }));
  await told('chat.postMessage person', client.chat.postMessage({ channel: chair, text: 'To you' }));
  await told('chat.postMessage long', client.chat.postMessage({ channel: place, text: 'x'.repeat(40001) }));
  await told('chat.postMessage nowhere', client.chat.postMessage({ channel: 'C0NOWHERE', text: 'To nobody' }));
  await told('chat.postMessage empty', client.chat.postMessage({ channel: place, text: '' }));
  await told('chat.update', client.chat.update({ channel: place, ts, text: 'Head, mended' }));
  await told('chat.update nothing', client.chat.update({ channel: place, ts: '1.000001', text: 'No' }));
  await told('chat.delete', client.chat.delete({ channel: place, ts: noted.ts }));
  await told('chat.delete again', client.chat.delete({ channel: place, ts: noted.ts }));
  await told('chat.postEphemeral', client.chat.postEphemeral({ channel: place, user: chair, text: 'For you alone' }));
  await told('chat.postEphemeral outside', client.chat.postEphemeral({ channel: elsewhere, user: chair, text: 'For nobody' }));
  await told('chat.getPermalink', client.chat.getPermalink({ channel: place, message_ts: ts }));
  await told('chat.getPermalink nothing', client.chat.getPermalink({ channel: place, message_ts: '1.000001' }));
  return ts;
}

async function conversation(client, { place }, told, head) {
  await told('conversations.history', client.conversations.history({ channel: place }));
  await told('conversations.history first', client.conversations.history({ channel: place, limit: 2 }));
  const pages = [];
  for await (const page of client.paginate('conversations.history', { channel: place, limit: 2 })) {
    pages.push(page.messages.map((each) => each.text.slice(0, 40)));
  }
  say({ step: 'conversations.history paged', pages });
  await told('conversations.history nowhere', client.conversations.history({ channel: 'C0NOWHERE' }));
  await told('conversations.replies', client.conversations.replies({ channel: place, ts: head }));
  await told('conversations.replies nothing', client.conversations.replies({ channel: place, ts: '1.000001' }));
}

async function marks(client, { place }, told, timestamp) {
  const on = { channel: place, timestamp };
  await told('reactions.add', client.reactions.add({ ...on, name: 'eyes' }));
  await told('reactions.add again', client.reactions.add({ ...on, name: 'eyes' }));
  await told('reactions.add nothing', client.reactions.add({ channel: place, timestamp: '1.000001', name: 'eyes' }));
  await told('reactions.remove', client.reactions.remove({ ...on, name: 'eyes' }));
  await told('reactions.remove again', client.reactions.remove({ ...on, name: 'eyes' }));
  await told('pins.add', client.pins.add(on));
  await told('pins.add again', client.pins.add(on));
  await told('pins.list', client.pins.list({ channel: place }));
}

async function views(client, { chair, trigger }, told) {
  await told('views.open untriggered', client.views.open({ trigger_id: '1.2.3', view: modal('Add') }));
  const first = await trigger();
  const { view } = await told('views.open', client.views.open({ trigger_id: first, view: modal('Add') }));
  await told('views.open again', client.views.open({ trigger_id: first, view: modal('Add') }));
  await told('views.update', client.views.update({ view_id: view.id, hash: view.hash, view: modal('Changed') }));
  await told('views.update stale', client.views.update({ view_id: view.id, hash: view.hash, view: modal('Stale') }));
  await told('views.update nothing', client.views.update({ view_id: 'V0NOTHING', view: modal('Nothing') }));
  await told('views.push', client.views.push({ trigger_id: await trigger(view.id), view: modal('Above') }));
  await told('views.publish', client.views.publish({ user_id: chair, view: { type: 'home', blocks: [section('At home')] } }));
}

async function files(client, { place, token }, told, head, im) {
  const content = 'ward,count\nAdeyfield,12\r\n\r\n--x\n';
  const sent = await told(
    'filesUploadV2',
    client.filesUploadV2({ channel_id: place, thread_ts: head, filename: 'wards.csv', title: 'Wards', content, initial_comment: 'The wards' }),
  );
  const [file] = sent.files[0].files;
  await told('files.info', client.files.info({ file: file.id }));
  const read = await fetch(file.url_private_download, { headers: { Authorization: `Bearer ${token}` } });
  say({ step: 'file read back', same: (await read.text()) === content });
  const picture = Buffer.from(Uint8Array.from({ length: 600_000 }, (_, at) => (at * 7) % 256));
  await told('filesUploadV2 bytes', client.filesUploadV2({ channel_id: im, file: picture, filename: 'bytes.bin' }));
  await told('files.info nothing', client.files.info({ file: 'F0NOTHING' }));
  await told('files.completeUploadExternal nothing', client.files.completeUploadExternal({ files: [{ id: 'F0NOTHING' }] }));
}

async function refusals(client, { address, place }, told) {
  await told('unknown method', client.apiCall('chat.shout', { channel: place }));
  await told('wrong token', new WebClient('xoxb-wrong', options(address)).auth.test());
  await told('no token', new WebClient(undefined, options(address)).auth.test());
  const blocks = [section('Fine'), section('x'.repeat(3001))];
  await told('invalid blocks', client.chat.postMessage({ channel: place, text: 'Too much', blocks }));
}
