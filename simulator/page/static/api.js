// The way to the server: requests, and a stream of events that mends itself.

/** Ask the server to do something; its answer. Throws an Error with its reason. */
export async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `The server answered ${response.status}.`);
  return answer;
}

/**
 * Hear of every event, from a first `snapshot` of everything on. After a break the browser
 * connects again by itself and begins with a new snapshot.
 */
export function listen(handle, connected) {
  const source = new EventSource("api/events");
  source.onmessage = ({ data }) => handle(JSON.parse(data));
  source.onopen = () => connected(true);
  source.onerror = () => {
    connected(false);
    // Browsers give up for good after an answer that is no stream.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(handle, connected), 1500);
  };
}
