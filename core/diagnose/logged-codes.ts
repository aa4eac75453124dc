/** What a message of httpd's error log is about. */
export interface LoggedCode {
  /** As httpd writes it. */
  readonly code: string;
  /** Tells messages of one code apart, and finds in them what they name: groups `balancer`, `authority`, `host`, `path`, `variable`. */
  readonly message: RegExp;
  /** What happened, in httpd's terms. */
  readonly meaning: string;
  /** What to look at or change. */
  readonly mend: string;
}

/**
 * Messages of httpd 2.4.71 about balancers, one entry a message; the first that fits counts. Each was seen in the error
 * log of a real httpd.
 */
export const LOGGED_CODES: readonly LoggedCode[] = [
  {
    code: "AH00957",
    message: /attempt to connect to (?:\[?)(?<authority>\S+?)(?:\]?) \(.*\) failed/,
    meaning: "The member did not accept a connection: nobody listens there, or a firewall is in between.",
    mend: "start the application, or correct host and port of the member; other members answer meanwhile",
  },
  {
    code: "AH00959",
    message: /disabling worker for \((?<authority>[^)]+)\)/,
    meaning: "The member is in error now; httpd does not try it again before its retry has passed.",
    mend: "nothing once the member is back: it returns by itself; a smaller retry= makes it return sooner",
  },
  {
    code: "AH01114",
    message: /failed to make connection to backend: (?<host>\S+)/,
    meaning: "A request found no connection to this member; httpd tries another one where there is one.",
    mend: "see the AH00957 line just before it, which has the reason",
  },
  {
    code: "AH00898",
    message: /DNS lookup failure for: (?<host>\S+) returned by (?<path>\S+)/,
    meaning:
      "The name of the member cannot be resolved: the client got 500, no other member was tried, and the member is in error.",
    mend: "correct the name or the resolver of the machine; httpd asks again only when the member is tried again",
  },
  {
    code: "AH00898",
    message: /Error reading from remote server returned by (?<path>\S+)/,
    meaning: "The member accepted the request and gave no answer: the client got 502, and no other member was tried.",
    mend: "see the AH01102 line beside it; failontimeout=On puts a member that is silent into error",
  },
  {
    code: "AH01102",
    message: /error reading status line from remote server (?<authority>\S+)/,
    meaning:
      "The member closed the connection, or was silent until its timeout, before it answered: 502, and no other member was tried.",
    mend: "if idle connections are closed first by the application, set ttl= below its keep-alive timeout; if it is slow, raise timeout=",
  },
  {
    code: "AH01144",
    message: /No protocol handler was valid for the URL (?<path>\S+) \(scheme 'balancer'\)/,
    meaning:
      "httpd did not find a balancer of the name that the mount and the rest of the path make together, or its member speaks a protocol that no loaded module knows: 500.",
    mend: "end the target of the mount with a slash where its path ends with one; load the module of the member's scheme",
  },
  {
    code: "AH01144",
    message: /No protocol handler was valid for the URL (?<path>\S+) \(scheme '(?<scheme>[^']*)'\)/,
    meaning: "No loaded module speaks this scheme: 500.",
    mend: "load the module of the scheme: proxy_http, proxy_ajp, proxy_wstunnel, ssl for https",
  },
  {
    code: "AH00934",
    message: /all workers are busy\.\s+Unable to serve balancer:\/\/(?<balancer>[^/\s]+)/,
    meaning:
      "No loaded module speaks the scheme of the balancer's members: 503, whatever the sentence says of being busy.",
    mend: "load the module of the scheme, for example proxy_ajp",
  },
  {
    code: "AH01170",
    message: /balancer:\/\/(?<balancer>[^\s:/]+): All workers are in error state/,
    meaning: "Every member is in error, disabled, stopped or drained: 503.",
    mend: "look at balancer-manager for the state of each member; members in error return after their retry",
  },
  {
    code: "AH01171",
    message: /balancer:\/\/(?<balancer>[^\s:/]+): No workers in balancer/,
    meaning:
      "The mount names a balancer that has no members: 503. httpd makes an empty one of every name that is mounted.",
    mend: "correct the name in the mount, or give the balancer members",
  },
  {
    code: "AH01177",
    message: /Failed to lookup provider 'shm' for 'slotmem'/,
    meaning: "mod_proxy_balancer found no shared memory for its state: httpd does not start.",
    mend: "add LoadModule slotmem_shm_module",
  },
  {
    code: "AH02432",
    message: /Cannot find LB Method: (?<lbmethod>\S+)/,
    meaning: "The module of the lbmethod is not loaded: httpd does not start.",
    mend: "add the LoadModule line of the lbmethod, for example lbmethod_byrequests_module",
  },
  {
    code: "AH00111",
    message: /Config variable \$\{(?<variable>[^}]+)\} is not defined/,
    meaning: "A variable of the configuration has no value: it stands as it is, braces and all.",
    mend: "define it (Define NAME VALUE), or put it into the environment that httpd is started with",
  },
];
