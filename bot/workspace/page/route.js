/** The address: #PERSON/CHANNEL. The secret stays in the path, where it is. */

export function route() {
  const [user, channel] = decodeURIComponent(location.hash.slice(1)).split("/");
  return { user: user || null, channel: channel || null };
}

export function address(user, channel) {
  return `#${user ?? ""}/${channel ?? ""}`;
}

/** Say where we are without another step in the history. */
export function settle(user, channel) {
  if (location.hash !== address(user, channel)) history.replaceState(null, "", address(user, channel));
}
