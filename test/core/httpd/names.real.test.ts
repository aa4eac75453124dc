import { judgedAlike } from "../conf/run/judged-alike.js";

const NAMES = [
  ..."[www.shop.example](https://www.shop.example)|https://w.example|ht!tp://w.example|w:https|w:0|w:70000|a,b|a/b".split(
    "|",
  ),
  ..."a*b|[::1]:80|[::1]|::1|[a|a]|[]a|[!a]|\\[a\\]|a\\*b|a..b|://a|http://|a:80:90|a?b|http://a*b:80|a:8o|a:-1|a:+80".split(
    "|",
  ),
  ..."1://a|a://b://c|http:/a|http:a|a:99999999999|a:4294967376".split("|"),
];
const ADDRESSES = [
  ..."[x]|[x]:80|[::1]|[::1]:*|[::1]:80|[::1%lo]:80|[::1%]|[::1|[::1]x|[127.0.0.1]:80|::1|:80|80|0|65536|*|*:*|:*|*:0".split(
    "|",
  ),
  ..."127.0.0.1:*|127.0.0.1:65536|127.0.0.1:4294967376|_default_|_default_:*|127.0.0.1:|*x".split("|"),
];

/** Those that end with httpd's own sentence before it tries to bind. */
const LISTENS = "[x]:80|[x]|:80|abc|0|65536|*:0|[::1|[::1]x|[127.0.0.1]:80|[::1%]:80|[::1]|127.0.0.1|*".split("|");

/** Folders that are not there: the sentence names the path as apr makes it whole. */
const FOLDERS = "/nope/|/nope/.|/nope/x/..|/nope//y//|nope/./|http://h/".split("|");

judgedAlike("names and addresses of servers, as a real httpd takes them apart", [
  ...NAMES.map((name) => `ServerName ${name}`),
  ...ADDRESSES.map((address) => `<VirtualHost ${address}>\n</VirtualHost>`),
  ...LISTENS.map((address) => `Listen ${address}`),
  ...FOLDERS.map((folder) => `DocumentRoot ${folder}`),
  "RewriteMap m txt:/etc/passwd/",
  "IncludeOptional /etc/passwd/",
]);
