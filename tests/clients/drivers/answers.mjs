// The results of a client's calls, by name, as JSON; an error is told with its class.
export async function tell(calls) {
  const answers = {};
  for (const [name, call] of Object.entries(calls)) {
    try {
      answers[name] = (await call()) ?? null;
    } catch (error) {
      answers[name] = { type: error.constructor.name, message: error.message };
    }
  }
  process.stdout.write(JSON.stringify(answers));
}
