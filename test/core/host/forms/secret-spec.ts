/** A front with a member that has a secret, one that is named, and one at an address. */
export const SECRET_SPEC = `clusters:
  shop:
    stickysession: JSESSIONID|jsessionid
    members:
      a: { url: http://app1:8080, route: a, loadfactor: 5 }
      b: { url: ajp://10.0.0.7, route: b, secret: hush }
      c: { url: http://localhost:8380, role: standby }
servers:
  web:
    listen: [80]
    serverName: shop.example
    mounts: { /app/: shop }
`;
