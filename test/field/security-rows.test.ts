import { describeRows } from "./held.js";

/** What strangers' files and two users of one machine could do, and where each is held. */
describeRows({
  "one file for two": [
    ["ids in odd characters", "constructs/stack-files", "two servers whose parents differ in odd characters only"],
    ["a parent id of two dots", "constructs/stack-files", "is below the stack's, one step an id"],
    ["two servers into one folder", "constructs/stack-files", "a folder of LocalTarget"],
    [
      "an untested file in the place of a working one",
      "constructs/local-target.real",
      "does not take the place of the",
    ],
    ["secret files of others", "constructs/local-target.real", "is closed to others when it gets a secret"],
  ],
  "links and drafts": [
    ["a link where a draft could stand", "cli/node-io", "never goes through a link that stands where a draft could"],
    ["a link out of the folder", "cli/node-io", "follows a link within its folder, and refuses one that leads out"],
    ["install.sh", "constructs/local-target.real", "takes the place of a link and leaves alone what that pointed to"],
    ["a synthesized file", "constructs/stack-files", "takes the place of a link and leaves what it pointed to alone"],
    ["an included file elsewhere", "cli/lint", "leaves an included file outside of its folder alone"],
  ],
  "files of the machine": [
    ["Include of what is elsewhere", "cli/open-input", "ends where the input's folder ends"],
    ["on request, and never under CI", "cli/open-input", "ends elsewhere where that is asked for, but never under CI"],
    ["no excerpt of what is no configuration", "cli/open-input", "no more than httpd's own sentence"],
    ["through links of the working folder", "cli/node-io", "holds no file that a link of it leads to elsewhere"],
  ],
  "modes and owners": [
    ["cdktf.out", "constructs/stack-files", "with a secret is readable by its owner only"],
    ["render and import", "cli/planted-secrets", "a file that holds a secret is its owner's alone"],
    ["a draft of --fix", "cli/node-io", "keeps the mode of a file"],
    ["owner of a fixed file", "cli/node-io", "leaves it whose it was"],
    ["hard links", "cli/node-io", "has a second name"],
    [
      "install.sh keeps what an operator gave",
      "constructs/local-target.real",
      "keeps the owner and mode that the operator",
    ],
    ["a rehearsal's folder", "cli/rehearse-own-file.real", "keeps its folder to itself"],
  ],
  "what is printed": [
    ["secrets by every command", "cli/planted-secrets", "a secret that stands in a file is shown by no command"],
    ["secrets in every format", "core/report/formats", "shows no secret and no password"],
    ["secrets by where they stand", "core/report/secrets", "a text without secrets"],
    ["workflow commands", "core/report/excerpt", "is no workflow command and no sequence of a terminal"],
    ["workflow commands of every command", "cli/format", "lets no line of its input command a runner of GitHub"],
    ["sequences of a terminal", "cli/program", "steers no terminal"],
    ["ids in Terraform's templates", "constructs/stack-files", "a construct's id is no template of Terraform's"],
  ],
  "what is deployed": [
    ["a folder in the way", "constructs/local-target.real", "is refused where a folder has its name"],
    ["open by default", "core/render/hardening.real", "closes what is open without it"],
    ["slow clients", "core/render/hardening.real", "sends a client that dawdles over its head away"],
    ["TLS", "core/render/hardening.real", "TLS 1.1 is refused"],
    ["smuggling", "core/render/smuggling.real", "is refused by the generated httpd.conf"],
    ["each with its reason", "core/written/hardening", "says every directive of the table once, each below its reason"],
  ],
});
