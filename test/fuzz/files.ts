import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Kinds of files that commands read. */
export type FileKind = "conf" | "spec" | "scenario" | "workers" | "log" | "plan";

/** Well-formed files to begin with, by their kind. */
export type Beginnings = Readonly<Record<FileKind, readonly string[]>>;

const ROOT = join(__dirname, "../..");

const WORKERS = `worker.list=lb,status
worker.template.type=ajp13
worker.template.socket_connect_timeout=1000
worker.a.reference=worker.template
worker.a.host=10.0.0.1
worker.a.port=8009
worker.a.lbfactor=3
worker.b.reference=worker.template
worker.b.host=10.0.0.2
worker.b.activation=disabled
worker.b.redirect=a
worker.lb.type=lb
worker.lb.balance_workers=a,b
worker.lb.sticky_session=True
worker.status.type=status
`;

const LOG = `[Fri Nov 27 08:00:00.123456 2026] [proxy:error] [pid 7:tid 9] (111)Connection refused: AH00957: HTTP: attempt to connect to 10.0.0.1:8080 (10.0.0.1:8080) failed
[Fri Nov 27 08:00:00.123457 2026] [proxy_http:error] [pid 7:tid 9] [client 10.1.1.1:1234] AH01114: HTTP: failed to make connection to backend: 10.0.0.1
[Fri Nov 27 08:00:01.000000 2026] [proxy_balancer:error] [pid 7] [client 10.1.1.1:1] AH01167: balancer://shop: All workers are in error state for route (n1)
AH00526: Syntax error on line 7 of /etc/apache2/httpd.conf:
BalancerMember Unknown worker parameter
`;

const CONF = `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 route=n1 retry=10
  BalancerMember http://10.0.0.2:8080 route=n2 loadfactor=5
  BalancerMember http://10.0.0.3:8080 status=+H
  ProxySet stickysession=JSESSIONID|jsessionid maxattempts=3
</Proxy>
ProxyPass /app balancer://shop/app
ProxyPassReverse /app balancer://shop/app
`;

const CHANGE = {
  actions: ["delete", "create"],
  before: { triggers_replace: { config: CONF }, input: null },
  after: { triggers_replace: { config: CONF.replace("=5", "=9") }, input: null },
  after_unknown: { id: true },
};

const PLAN = JSON.stringify({
  format_version: "1.2",
  resource_changes: [{ address: "terraform_data.web", change: CHANGE }],
});

/** Those that the repository has. */
export function beginnings(): Beginnings {
  return {
    conf: [CONF, ...texts("test/fixtures/conf", ".conf"), ...texts("test/fixtures/scenarios", ".conf")],
    spec: texts("examples", ".yaml"),
    scenario: texts("test/fixtures/scenarios", ".yaml"),
    workers: [WORKERS],
    log: [LOG],
    plan: [PLAN],
  };
}

function texts(folder: string, ending: string): readonly string[] {
  const names = readdirSync(join(ROOT, folder)).filter((name) => name.endsWith(ending));
  return names.map((name) => readFileSync(join(ROOT, folder, name), "latin1"));
}
