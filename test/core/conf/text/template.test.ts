import { describe, expect, it } from "vitest";
import { templateIn } from "../../../../core/conf/text/template.js";

describe("a template", () => {
  it.each([
    [
      "Jinja or Ansible",
      "Listen {{ port }}\n{% for h in hosts %}\nBalancerMember http://{{ h.name }}\n{% endfor %}\n",
      ["port", "h.name"],
    ],
    ["Helm or Go", "{{- if .Values.tls }}\nListen {{ .Values.port }}\n{{- end }}\n", [".Values.port"]],
    ["Handlebars or Mustache", "{{#each members}}\nBalancerMember {{{url}}}\n{{/each}}\n", ["url"]],
    ["ERB or EPP", "Listen <%= @port %>\n<% @nodes.each do |n| -%>\n", ["= @port", "@nodes.each do |n|"]],
    ["a shell script", "Listen \\${PORT}\n", ["PORT"]],
    ["a shell script", "cat > x <<EOF\nListen 80\nEOF\n", [""]],
    ["envsubst", "BalancerMember http://$BACKEND_HOST:8080\n", ["BACKEND_HOST"]],
    ["configure or a build tool", "ServerRoot @prefix@\nListen %%PORT%%\n", ["prefix", "PORT"]],
  ])("of %s names what it misses: %s", (language, text, names) => {
    const found = templateIn(text);
    expect(found?.language).toBe(language);
    const told = found?.placeholders
      .map(({ name }) => name)
      .filter((name, _at, all) => name !== "" || all.length === 1);
    expect(told).toEqual(names.map((name) => name.replace(/^= /, "")));
  });

  it("is found with its lines, and not in comments", () => {
    const found = templateIn("# {{ not_me }}\nListen {{ port }}\nServerName {{ name }}:{{ port }}\n");
    expect(found?.placeholders).toEqual([
      { text: "{{ port }}", name: "port", line: 2 },
      { text: "{{ name }}", name: "name", line: 3 },
      { text: "{{ port }}", name: "port", line: 3 },
    ]);
  });

  it.each([
    "RewriteRule ^/(.*)$ http://a/$1 [P]",
    "RewriteCond %{HTTP:Upgrade} =websocket",
    'CustomLog logs/a "%{SSL_PROTOCOL}x %>s"',
    "BalancerMember http://${BACKEND}:80",
    "LocationMatch ^/a{2,3}$",
    "ServerAdmin me@example.org",
    "Header set X expr=%{REQUEST_URI}",
  ])("is not what httpd itself reads: %s", (line) => {
    expect(templateIn(`${line}\n`)).toBeUndefined();
  });
});
