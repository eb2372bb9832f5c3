// What the page knows, and its way to the workspace: one look that stays open until something changes.

export const store = {
  boot: null, // what never changes
  me: "", // which person the page is
  state: null, // all that person can see
  route: { at: "C1", tab: "messages", thread: "", agent: false },
  kept: new Map(), // what was typed or chosen, by message or view
  seen: {}, // by person and place: the newest message looked at
};

let looking = null;

export async function begin(onChange) {
  store.boot = await (await fetch("/page/boot")).json();
  store.onChange = onChange;
}

// Become a person: the running look ends, a new one begins at once.
export function be(user) {
  store.me = user;
  store.state = null;
  if (looking) looking.abort();
  const own = new AbortController();
  looking = own;
  return follow(user, own);
}

async function follow(user, own) {
  let after = -1;
  while (!own.signal.aborted) {
    try {
      const response = await fetch(`/page/state?as=${user}&after=${after}`, { signal: own.signal });
      const told = await response.json();
      if (own.signal.aborted) return;
      store.offline = false;
      if (told.version === after) continue;
      after = told.version;
      store.state = told;
      store.onChange();
    } catch (error) {
      if (error.name === "AbortError") return;
      store.offline = true;
      store.onChange();
      await new Promise((done) => setTimeout(done, 1500));
    }
  }
}

export async function act(what, told) {
  const body = JSON.stringify({ as: store.me, ...told });
  try {
    const response = await fetch(`/page/${what}`, { method: "POST", headers: { "Content-Type": "application/json" }, body });
    return await response.json();
  } catch {
    return { ok: false, error: "the preview is not running any more" };
  }
}

export function people() {
  const { boot } = store;
  const names = { [boot.bot]: "Fulcrum", USLACKBOT: "Slackbot", ...boot.guests };
  for (const one of boot.people) names[one.id] = one.name;
  return { me: store.me, names, rooms: Object.fromEntries(boot.rooms.map((room) => [room.id, room.name])) };
}

export function kept(key) {
  if (!store.kept.has(key)) store.kept.set(key, {});
  return store.kept.get(key);
}

export function fallbackRoom() {
  return store.boot.rooms.find((room) => room.members.includes(store.me)).id;
}
