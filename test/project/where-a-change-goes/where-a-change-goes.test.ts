import { beforeAll, describe, expect, it } from "vitest";
import type { DeployTarget } from "../../../constructs/target.js";
import type { CommandResult } from "../../support/command.js";
import { ADDITIONS } from "./additions.js";
import { overlay } from "./overlay.js";
import { productWith } from "./product.js";
import type { Product } from "./product.js";
import { rows } from "./rows.js";

const SPEC = {
  clusters: { shop: { members: { a: { url: "http://a:1" }, b: { url: "http://kite:1" } } } },
  servers: { web: { listen: [80], mounts: { "/": "shop" } } },
};

const CONF = [
  "<Proxy balancer://shop>",
  "  BalancerMember http://a:1",
  "  BalancerMember http://kite:1",
  "</Proxy>",
  "ProxyPass / balancer://shop/",
  "",
].join("\n");

type Run = (words: readonly string[], files?: Readonly<Record<string, string>>) => Promise<CommandResult>;

/** What the program says about a spec that was changed. */
interface Asked {
  readonly run: Run;
  readonly product: Product;
}

const specWith = (change: {
  readonly cluster?: object;
  readonly member?: object;
  readonly server?: object;
}): string => {
  const { shop } = SPEC.clusters;
  const members = { ...shop.members, a: { ...shop.members.a, ...change.member } };
  const clusters = { shop: { ...shop, ...change.cluster, members } };
  return JSON.stringify({ clusters, servers: { web: { ...SPEC.servers.web, ...change.server } } });
};

const printed = async (answer: Promise<CommandResult>): Promise<string> => {
  const { stdout, stderr } = await answer;
  return `${stdout}${stderr}`;
};

/** The httpd.conf that a spec is written as, and the YAML and TypeScript that it is read back as. */
async function thereAndBack({ run }: Asked, spec: string): Promise<readonly string[]> {
  const { files, stderr } = await run(["render", "spec.json", "--out", "out"], { "spec.json": spec });
  const conf = files["out/httpd.conf"] ?? stderr;
  const again = ["yaml", "ts"].map((to) => printed(run(["import", "httpd.conf", "--to", to], { "httpd.conf": conf })));
  const verdict = printed(run(["configtest", "httpd.conf"], { "httpd.conf": conf }));
  return [conf, ...(await Promise.all([...again, verdict]))];
}

/** What shows of each row that all rooms have heard of it: what the program says with it, and what it must hold. */
const HEARD: Readonly<Record<string, (asked: Asked) => Promise<readonly (readonly [said: string, word: string])[]>>> = {
  "a worker parameter": async (asked) => {
    const [conf = "", yaml = "", typescript = ""] = await thereAndBack(asked, specWith({ member: { kites: 3 } }));
    const wrong = CONF.replace("http://a:1", "http://a:1 kites=x");
    return [
      [conf, "BalancerMember http://a:1 kites=3"],
      [yaml, "kites: 3"],
      [typescript, "kites: 3"],
      [
        await printed(asked.run(["configtest", "httpd.conf"], { "httpd.conf": wrong })),
        "kites must be between 1 and 9",
      ],
      [await printed(asked.run(["schema", "spec"])), '"kites"'],
      [await printed(asked.run(["explain", "kites"])), "Kites."],
    ];
  },
  "a balancer parameter": async (asked) => {
    const [conf = "", yaml = "", typescript = ""] = await thereAndBack(asked, specWith({ cluster: { kiteset: 3 } }));
    return [
      [conf, "ProxySet kiteset=3"],
      [yaml, "kiteset: 3"],
      [typescript, "kiteset: 3"],
      [await printed(asked.run(["schema", "spec"])), '"kiteset"'],
    ];
  },
  "a health-check parameter": async (asked) => {
    const spec = specWith({ member: { hcmethod: "TCP", hckites: 3 } });
    const [conf = "", yaml = ""] = await thereAndBack(asked, spec);
    const template = `ProxyHCTemplate t hckites=0\n${CONF}`;
    return [
      [conf, "hckites=3"],
      [yaml, "hckites: 3"],
      [await printed(asked.run(["configtest", "httpd.conf"], { "httpd.conf": template })), "hckites must be between"],
    ];
  },
  "a setting of a server": async (asked) => {
    const spec = specWith({ server: { maxkeepaliverequests: 7 } });
    const [conf = "", yaml = "", typescript = ""] = await thereAndBack(asked, spec);
    const wrong = `MaxKeepAliveRequests 0\n${CONF}`;
    return [
      [conf, "MaxKeepAliveRequests 7"],
      [yaml, "maxkeepaliverequests: 7"],
      [typescript, "maxkeepaliverequests: 7"],
      [await printed(asked.run(["configtest", "httpd.conf"], { "httpd.conf": wrong })), "no kites"],
      [await printed(asked.run(["schema", "spec"])), '"maxkeepaliverequests"'],
    ];
  },
  "what is closed by default in a written httpd.conf": async (asked) => {
    const [conf = ""] = await thereAndBack(asked, specWith({}));
    const off = specWith({ server: { hardening: { serversignature: { off: "kites sign" } } } });
    const [without = "", , typescript = ""] = await thereAndBack(asked, off);
    return [
      [conf, "# no kites\nServerSignature Off\n"],
      [without, "# ServerSignature is left as httpd has it: kites sign\n"],
      [typescript, "hardening: { all: { off:"],
      [await printed(asked.run(["schema", "spec"])), '"serversignature"'],
    ];
  },
  "a load-balancing method": async (asked) => {
    const [conf = ""] = await thereAndBack(asked, specWith({ cluster: { lbmethod: "bykites" } }));
    const files = { "spec.json": specWith({ cluster: { lbmethod: "bykites" } }), "s.yaml": "steps:\n  - request: 2\n" };
    return [
      [conf, "lbmethod_bykites_module"],
      [conf, "ProxySet lbmethod=bykites"],
      [
        await printed(asked.run(["simulate", "spec.json", "--scenario", "s.yaml", "--json"], files)),
        '"member":"http://kite:1"',
      ],
      [await printed(asked.run(["schema", "scenario"])), '"bykites"'],
    ];
  },
  "a scheme of members": async (asked) => {
    const [conf = "", yaml = ""] = await thereAndBack(asked, specWith({ member: { url: "kite://a:1" } }));
    return [
      [conf, "proxy_kite_module"],
      [yaml, "kite://a:1"],
    ];
  },
  "a layout of httpd": async (asked) => {
    const spec = { "spec.json": specWith({ server: { layout: "beach" } }) };
    const { files } = await asked.run(["render", "spec.json", "--out", "out"], spec);
    const conf = files["out/httpd.conf"] ?? "";
    const back = asked.run(["import", "httpd.conf", "--to", "ts"], { "httpd.conf": conf });
    const made = await asked.run(["render", "spec.json", "--out", "out", "--as", "cloud-init"], spec);
    const layout: unknown = Reflect.get(asked.product.HttpdLayout, "beach");
    return [
      [conf, "ServerRoot /beach"],
      [await printed(back), "HttpdLayout.beach()"],
      [made.files["out/user-data.yaml"] ?? made.stderr, "  - beach\n"],
      [typeof layout, "function"],
    ];
  },
  "a distribution and its httpd": async ({ run }) => [
    [await printed(run(["configtest", "httpd.conf", "--httpd", "kiteos"], { "httpd.conf": CONF })), "Syntax OK"],
  ],
  "a key of a spec": async (asked) => {
    const { product, run } = asked;
    const reading = product.readSpec(specWith({ cluster: { kite: "red" } }), "spec.json");
    if (!reading.ok) return [[JSON.stringify(reading.problems), "no problem"]];
    return [
      [JSON.stringify(reading.topology.clusters), '"kite":"red"'],
      [await printed(run(["schema", "spec"])), "Its kite."],
    ];
  },
  "a key of a scenario": async ({ product, run }) => {
    const reading = product.readScenario("steps:\n  - request: { kite: red }\n", "s.yaml");
    return [
      [JSON.stringify(reading), '"kite":"red"'],
      [await printed(run(["schema", "scenario"])), "Its kite."],
    ];
  },
  "what httpd says about a directive, and its mend": async ({ run }) => {
    const files = { "httpd.conf": `ServerAdmin kite@beach\n${CONF}` };
    return [
      [await printed(run(["configtest", "httpd.conf"], files)), "no kites"],
      [await printed(run(["lint", "httpd.conf"], files)), "cut the line"],
    ];
  },
  "a message of the error log": async ({ run }) => {
    const log = "[x] [proxy:error] AH99999: the kite /a fell";
    return [[await printed(run(["diagnose", "log"], { log })), "fly it again"]];
  },
  "an operation on members": async ({ run }) => {
    const book = printed(run(["runbook", "kite", "httpd.conf", "--member", "http://a:1"], { "httpd.conf": CONF }));
    return [
      [await book, "Mind the wind."],
      [await printed(run(["runbook", "--help"])), "it flies"],
    ];
  },
  "a lint rule": async ({ run }) => [
    [await printed(run(["lint", "httpd.conf"], { "httpd.conf": CONF })), "cut the line"],
    [await printed(run(["explain", "kite-rule"])), "A kite is no backend."],
  ],
  "a format of findings": async ({ run }) => [
    [await printed(run(["lint", "httpd.conf", "--format", "kites"], { "httpd.conf": CONF })), "1 kites"],
    [await printed(run(["check", "httpd.conf", "--format", "kites"], { "httpd.conf": CONF })), "1 kites"],
  ],
  "a form of what is rendered": async ({ run }) => {
    const { files } = await run(["render", "spec.json", "--out", "out", "--as", "kite"], { "spec.json": specWith({}) });
    return [[files["out/kite.txt"] ?? "", "it flies"]];
  },
  "a command": async ({ run }) => [
    [await printed(run(["fly"])), "it flies"],
    [await printed(run(["--help"])), "fly a kite"],
  ],
  "a deployment target": ({ product }) => {
    const made: unknown = Reflect.get(product, "KiteTarget");
    if (typeof made !== "function") return Promise.resolve([["no such target", "keeps all laws"]]);
    const laws = product.targetContract(() => Reflect.construct(made, []) as DeployTarget);
    const broken = laws.filter((law) => law.broken !== undefined);
    return Promise.resolve([[broken.length === 0 ? "keeps all laws" : JSON.stringify(broken), "keeps all laws"]]);
  },
  "a promise": async ({ run }) => {
    const spec = { "spec.json": specWith({ cluster: { promises: ["flies"] } }) };
    return [
      [await printed(run(["check", "spec.json"], spec)), "no wind"],
      [await printed(run(["check", "spec.json", "--promise", "soars"], spec)), "flies"],
    ];
  },
  "a checker that runs at synth": ({ product }) => {
    const reading = product.readSpec(specWith({}), "spec.json");
    const found = reading.ok ? product.findingsOf(reading.topology) : [];
    return Promise.resolve([[JSON.stringify(found), "it flies"]]);
  },
};

describe("where a change goes", () => {
  let changed: Product;
  let asItIs: Product;

  beforeAll(async () => {
    changed = await productWith(overlay(ADDITIONS));
    asItIs = await productWith(new Map());
  });

  it("every row of the docs is tried, in the place it names", () => {
    const tried = ADDITIONS.map(({ change, file, list, asked = [] }) => {
      const lists = [...(list === undefined ? [] : [list]), ...asked].map((one) => one.file);
      return { change, file, lists: lists.filter((one) => one !== file) };
    });
    expect(tried.map(({ change }) => change).sort()).toEqual(
      rows()
        .map(({ change }) => change)
        .sort(),
    );
    for (const { change, file, lists } of tried) {
      const row = rows().find((one) => one.change === change);
      const [place = ""] = /(?<=`)[^`<]+/.exec(row?.place ?? "") ?? [];
      expect(file.startsWith(place)).toBe(true);
      expect(lists.filter((list) => row?.list.includes(list) !== true)).toEqual([]);
    }
  });

  it.each(ADDITIONS)("$change is added in one place, heard everywhere, and gone with it", async ({ change }) => {
    const ask = HEARD[change];
    if (ask === undefined) throw new Error(`nothing shows that ${change} is heard`);
    const with_ = await ask({ run: changed.runCommand, product: changed });
    expect(with_.filter(([said, word]) => !said.includes(word))).toEqual([]);
    const without = await ask({ run: asItIs.runCommand, product: asItIs });
    expect(without.filter(([said, word]) => said.includes(word) && word !== "it flies")).toEqual([]);
  });
});
