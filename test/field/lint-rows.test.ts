import { describeRows } from "./held.js";

const JUDGED = "core/lint/judged-rows";

/** Lint as an operator judged it, and where each judgement is held. */
describeRows({
  "false findings": [
    ["AJP and FCGI", JUDGED, "AJP sends the client's host"],
    ["ProxyPreserveHost", JUDGED, "ProxyPreserveHost sends the client's host"],
    ["REQUEST_URI", JUDGED, "REQUEST_URI begins with a slash"],
    ["CheckPeerName", JUDGED, "CheckPeerName is looked at, and CheckPeerCN not"],
    ["two exclusions", JUDGED, "the second exclusion of a path is idle"],
    ["a forward proxy behind a password", JUDGED, "a forward proxy behind a password is one on purpose"],
    ["mod_cluster", JUDGED, "members of mod_proxy_cluster register themselves"],
    ["open, and not to be reached", JUDGED, "an open manager that nobody reaches is said to be open as soon as"],
  ],
  "wrong repairs": [
    ["a manager at /", JUDGED, '"a manager at /"'],
    ["an open manager behind a mount", JUDGED, "an open manager behind a mount"],
    ["names of backends", JUDGED, "names of backends"],
    ["Secure on plain http", JUDGED, "a cookie on plain http"],
    ["a standby's route", JUDGED, "a standby's route"],
    ["a quote behind the parameter", JUDGED, "a closing quote behind the parameter is the cause"],
    ["somebody's decisions", JUDGED, "what somebody decided"],
    ["another spelling", "core/lint/fix", "keeps the spelling of the file"],
    ["1 findings repaired", "field/strange-text", "1 finding repaired"],
  ],
  severities: [
    ["lower and higher", JUDGED, "severities are those an operator gave"],
    ["a secret on loopback", JUDGED, "a secret that a loopback address lacks is a note"],
    ["once a balancer, once a file", JUDGED, "what is true of a whole balancer, or of a whole file, is said once"],
  ],
  "what no rule said": [
    ["1: failonstatus with 500", JUDGED, "failonstatus with 500 and a second member"],
    ["2: timeout=1", JUDGED, "an answer that may take a second"],
    ["3: milliseconds", JUDGED, '"milliseconds"'],
    ["4: the second name", JUDGED, "a cookie in the place of the URL's name"],
    ["5: Order without Allow", JUDGED, "Order allow,deny without an Allow"],
    ["6: slashes of RewriteRule", JUDGED, "a doubled slash of a RewriteRule"],
    ["7: nothing was looked at", "cli/lint-gate", "never calls it no findings when there was nothing to look at"],
    ["8: a mount to one member", JUDGED, "a path beside the balancer to one member"],
    ["9: PHP", JUDGED, "PHP's cookie"],
    ["10: idle ProxyPassReverse", JUDGED, "a reverse line with a pattern"],
    ["12: ServerAlias", JUDGED, "a comma in ServerAlias"],
    ["14: the server itself", JUDGED, "a member that is the server itself"],
    ["15: timeout of the balancer", JUDGED, "a timeout of the balancer meant for answers"],
  ],
  "sentences and pages": [
    ["what happens to a request", "core/lint/rule-texts", "why something is wrong is never the rule once more"],
    ["httpd's words", JUDGED, "no sentence has words that httpd has not"],
    ["a line that httpd refuses has its mend", "field/refused-lines.real", "a URL without slashes"],
    ["curly quotes", "field/refused-lines.real", "curly quotes"],
    ["80 columns", "cli/lint-gate", "are told in 80 columns"],
    ["errors first, one block a rule", JUDGED, "errors stand first, and a rule in one block"],
    ["one line a finding", "core/report/formats", "says in one line a finding, too, what was looked at"],
  ],
  "a gate": [
    ["--fail-on", "cli/lint-gate", "ends with 1 from the severity on that is asked for"],
    ["a baseline", "cli/lint-gate", "tells only what is new beside a baseline"],
    ["a rule off for a repository", "cli/lint-gate", "switches a rule off with a reason, and not without one"],
    ["--fix that nobody has to read", "cli/lint-gate", "repairs unread only what changes neither access"],
    ["precision", "core/lint/precision", "is right in ${LEAST_TRUE * 100} of 100 findings"],
    ["usefulness", "core/lint/precision", "is useful in ${LEAST_USEFUL * 100} of 100 findings"],
  ],
});
