import type { CommandRule } from "../../vocabulary/command-tables.js";

/** A directive as people write it; undefined where no example is kept. */
export function directiveExample({ name }: CommandRule): string | undefined {
  return EXAMPLES.get(name.toLowerCase());
}

/** Directives of fronts, one line each. */
const EXAMPLES: ReadonlyMap<string, string> = new Map(
  `
  Allow from 10.0.0.0/8
  AllowOverride None
  AuthName "Operators"
  AuthType Basic
  AuthUserFile /etc/apache2/users
  BalancerGrowth 5
  BalancerPersist On
  CustomLog logs/access_log combined
  DocumentRoot /srv/www
  Define NAME value
  Deny from all
  DirectoryIndex index.html
  ErrorDocument 503 /sorry.html
  ErrorLog logs/error_log
  FileETag None
  Header set Name "value"
  Include conf.d/*.conf
  IncludeOptional conf.d/*.conf
  KeepAlive On
  KeepAliveTimeout 5
  LimitRequestBody 1048576
  LimitRequestFields 100
  LimitRequestFieldSize 8190
  LimitRequestLine 8190
  Listen 80
  LoadModule proxy_module modules/mod_proxy.so
  LogFormat "%h %t \\"%r\\" %>s" short
  LogLevel warn
  MaxKeepAliveRequests 100
  MaxRequestWorkers 400
  Options None
  Order Deny,Allow
  ProxyErrorOverride On
  ProxyHCTPsize 16
  ProxyIOBufferSize 8192
  ProxyPassReverseCookieDomain backend.example.com www.example.com
  ProxyPassReverseCookiePath / /app
  ProxyPreserveHost On
  ProxyRemote * http://10.0.0.1:3128
  ProxyStatus On
  ProxyTimeout 60
  ProxyVia Off
  Redirect /old /new
  RedirectMatch ^/old(.*) /new$1
  RequestHeader set Name "value"
  RequestReadTimeout header=20-40,MinRate=500
  Require all granted
  RewriteBase /app
  RewriteCond %{HTTPS} off
  RewriteEngine On
  RewriteRule ^/app(.*) balancer://mycluster/app$1 [P]
  Satisfy All
  ServerAdmin admin@example.com
  ServerAlias www.example.org
  ServerName www.example.com:80
  ServerRoot /etc/apache2
  ServerTokens Prod
  SetEnv NAME value
  SetEnvIf User-Agent Android mobile=1
  SetHandler balancer-manager
  SSLCertificateFile /etc/ssl/certs/front.pem
  SSLCertificateKeyFile /etc/ssl/private/front.key
  SSLProtocol -all +TLSv1.2 +TLSv1.3
  SSLProxyEngine On
  SSLProxyVerify require
  SSLProxyCACertificateFile /etc/ssl/certs/backends.pem
  Timeout 60
  TraceEnable Off
  UnDefine NAME
  Use NAME value
  User www-data
  Group www-data
  `
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => [line.slice(0, line.indexOf(" ")).toLowerCase(), line]),
);
