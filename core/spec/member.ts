import { entriesOf } from "../shape/collections.js";
import { shorthand } from "../shape/either.js";
import { pointerTo, subjectAt } from "../shape/json-place.js";
import type { JsonPlace } from "../shape/json-place.js";
import { text, words } from "../shape/plain.js";
import { record } from "../shape/record.js";
import { defined, judgedShape, mapped } from "../shape/shape.js";
import type { Shape, ValueOf } from "../shape/shape.js";
import { roleOfStatus, statusOfRole } from "../topology/roles.js";
import type { Member } from "../topology/topology.js";
import { isRecord, recordOf } from "../vocabulary/json.js";
import type { JsonValue } from "../vocabulary/json.js";
import { pointerStep } from "../vocabulary/problem.js";
import type { Problem } from "../vocabulary/problem.js";
import { ROLES } from "../vocabulary/status.js";
import type { Role } from "../vocabulary/status.js";
import { WORKER_PARAMETERS } from "../vocabulary/worker.js";
import { literalText } from "./literal-text.js";
import { requestsPerSecond } from "./requests-per-second.js";

const KEYS = record(
  {
    url: { doc: "Where it is: http://app1:8080. Default: the name, where that is a URL.", shape: literalText() },
    role: { doc: roleDoc(), shape: words(Object.keys(ROLES) as readonly Role[]) },
    parameters: { table: WORKER_PARAMETERS },
    capacity: { doc: "Most requests per second it can serve.", shape: requestsPerSecond() },
    zone: { doc: "Failure zone: members of one zone may fail together.", shape: text() },
    replicationGroup: { doc: "Members of one group hold copies of each other's sessions.", shape: text() },
  },
  { doc: "A backend: its URL alone, or its URL with parameters." },
);

function roleDoc(): string {
  const roles = Object.entries(ROLES).map(([role, { doc }]) => `${role}: ${doc}`);
  return `What the member is for, instead of status. ${roles.join(" ")}`;
}

/** A member without its name, which is the URL where nothing else is said. */
type Unnamed = Omit<ValueOf<typeof KEYS>, "role">;

/** A role is a lone status letter; it is written where that says the same. */
const UNNAMED: Shape<Unnamed> = mapped(
  judgedShape(shorthand(KEYS, "url", "a URL, or a mapping with its url"), roleFaults),
  {
    read: ({ role, ...member }): Unnamed => {
      const status = role === undefined ? undefined : statusOfRole(role);
      return status === undefined ? member : { ...member, parameters: { ...member.parameters, status } };
    },
    write: (member) => {
      const role = roleOfStatus(member.parameters.status);
      if (role === undefined) return member;
      const parameters = Object.fromEntries(Object.entries(member.parameters).filter(([word]) => word !== "status"));
      return { ...member, role, parameters };
    },
    path: (steps, json) => (steps[1] === "status" && isRecord(json) && "role" in json ? ["role"] : steps),
  },
);

function roleFaults(json: JsonValue, place: JsonPlace): readonly Problem[] {
  const { role, status } = recordOf(json);
  if (role === undefined || status === undefined) return [];
  return [
    {
      at: `${pointerTo(place)}${pointerStep("role")}`,
      subject: subjectAt(place),
      found: "role and status",
      allowed: "either role or status",
      fix: "remove one of the two",
    },
  ];
}

/** A member, by the keys it has. */
export const MEMBER: Shape<Unnamed> = defined("member", UNNAMED);

/** Members by name, in the order httpd breaks ties by. */
export const MEMBERS: Shape<readonly Member[]> = entriesOf(MEMBER, {
  noun: "member",
  allowed: "a mapping of names to members",
  join: (name, { url = name, ...member }): Member => ({ name, url, ...member }),
  split: ({ name, url, ...member }) => [name, url === name ? member : { url, ...member }],
});
