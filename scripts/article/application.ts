import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const DISTRIBUTABLE = `<?xml version="1.0" encoding="UTF-8"?>
<web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
  <distributable/>
  <session-config><session-timeout>10</session-timeout></session-config>
</web-app>
`;

/** Tomcat without its global web.xml knows no servlet for pages. */
const WITH_JSP = DISTRIBUTABLE.replace(
  "</web-app>",
  `  <servlet>
    <servlet-name>jsp</servlet-name>
    <servlet-class>org.apache.jasper.servlet.JspServlet</servlet-class>
  </servlet>
  <servlet-mapping><servlet-name>jsp</servlet-name><url-pattern>*.jsp</url-pattern></servlet-mapping>
</web-app>`,
);

/** The web.xml of the application, by server. */
export const WEB_XML = { tomcat: WITH_JSP, wildfly: DISTRIBUTABLE } as const;

const NODE_NAME = `System.getProperty("jboss.node.name", System.getProperty("node.name"))`;

/** Counts the requests of a session, and says who answered. */
const SESSION_JSP = `<%@ page contentType="text/plain; charset=UTF-8" trimDirectiveWhitespaces="true" %><%
Integer count = (Integer) session.getAttribute("count");
count = count == null ? 1 : count + 1;
session.setAttribute("count", count);
response.setHeader("Cache-Control", "no-store");
%>node=<%= ${NODE_NAME} %> count=<%= count %> session=<%= session.getId() %>
`;

/** Says what a session's counter is, and makes no session. */
const COPY_JSP = `<%@ page contentType="text/plain; charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %><%
jakarta.servlet.http.HttpSession known = request.getSession(false);
Object count = known == null ? null : known.getAttribute("count");
%>node=<%= ${NODE_NAME} %> count=<%= count == null ? 0 : count %> session=<%= known == null ? "-" : known.getId() %>
`;

/** The page of the application that counts. */
export const COUNTING_PAGE = "/demo/session.jsp";

/** The page that shows the copy of a session which a node holds. */
export const COPY_PAGE = "/demo/copy.jsp";

/** Writes the application of the article: one page that counts the requests of a replicated session. */
export function writeApplication(folder: string, server: keyof typeof WEB_XML): void {
  mkdirSync(join(folder, "WEB-INF"), { recursive: true });
  writeFileSync(join(folder, "WEB-INF", "web.xml"), WEB_XML[server]);
  writeFileSync(join(folder, "session.jsp"), SESSION_JSP);
  writeFileSync(join(folder, "copy.jsp"), COPY_JSP);
}
