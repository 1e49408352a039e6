// A Slack on a free port, seeded from the first argument. Says its port, moves its clock on by the
// milliseconds on each line of its input, and ends with that input.

import { createInterface } from "node:readline";
import { createEmulator } from "emulate";

const now = Date.now;
let ahead = 0;
Date.now = () => now() + ahead;

const seed = { slack: JSON.parse(process.argv[2]) };
const { url } = await createEmulator({ service: "slack", port: 0, seed });
console.log(new URL(url).port);
for await (const line of createInterface({ input: process.stdin })) {
  ahead += Number(line);
  console.log(ahead);
}
process.exit();
