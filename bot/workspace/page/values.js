/** What an element holds: what was typed before, else what the view's state says, else what the element begins with. */

const options = (list) => (list ?? []).map((option) => option.value);

const BEGINS = {
  plain_text_input: (e) => e.initial_value ?? "",
  email_text_input: (e) => e.initial_value ?? "",
  url_text_input: (e) => e.initial_value ?? "",
  number_input: (e) => e.initial_value ?? "",
  static_select: (e) => e.initial_option?.value ?? null,
  radio_buttons: (e) => e.initial_option?.value ?? null,
  checkboxes: (e) => options(e.initial_options),
  multi_static_select: (e) => options(e.initial_options),
  multi_users_select: (e) => e.initial_users ?? [],
  multi_conversations_select: (e) => e.initial_conversations ?? [],
  multi_channels_select: (e) => e.initial_channels ?? [],
  datepicker: (e) => e.initial_date ?? null,
  timepicker: (e) => e.initial_time ?? null,
  users_select: (e) => e.initial_user ?? null,
  channels_select: (e) => e.initial_channel ?? null,
  conversations_select: (e) => e.initial_conversation ?? null,
};

const HOLDS = [
  "value",
  "selected_date",
  "selected_time",
  "selected_user",
  "selected_channel",
  "selected_conversation",
  "selected_users",
  "selected_channels",
  "selected_conversations",
];

export const holdsValue = (element) => element.type in BEGINS;

export function beginning(element, state) {
  if (state?.selected_options) return options(state.selected_options);
  if (state?.selected_option) return state.selected_option.value;
  const held = HOLDS.find((name) => state?.[name] !== undefined && state[name] !== null);
  return held ? state[held] : BEGINS[element.type](element);
}
