import type { HealthCheckExpression, HealthCheckTemplate, Topology } from "../topology/topology.js";
import { TEMPLATE_PARAMETERS } from "../vocabulary/health-check.js";
import type { Pointer, Problem } from "../vocabulary/problem.js";
import { shown } from "../vocabulary/shown.js";
import { checkKnown, checkUnique } from "./names.js";
import { checkParameters } from "./parameters.js";
import type { CheckPlace, Subject } from "./place.js";
import { checkPattern, checkText } from "./text.js";

/** Health-check templates and expressions, and the references of members to them. */
export function checkHealthChecks(topology: Topology): readonly Problem[] {
  const { healthCheckTemplates: templates, healthCheckExpressions: expressions, httpd } = topology;
  const names: DefinedNames = { templates: lowerNames(templates), expressions: lowerNames(expressions) };
  return [
    ...checkTemplates(templates, { at: "/healthCheckTemplates", httpd }),
    ...checkExpressions(expressions, "/healthCheckExpressions"),
    ...templates.flatMap(({ name, parameters }, index) =>
      checkReferences(parameters, names, {
        at: `/healthCheckTemplates/${index}/parameters`,
        subject: `health-check template ${shown(name)}`,
      }),
    ),
    ...topology.clusters.flatMap(({ members }, cluster) =>
      members.flatMap(({ name, parameters }, index) =>
        checkReferences(parameters, names, {
          at: `/clusters/${cluster}/members/${index}/parameters`,
          subject: `member ${shown(name)}`,
        }),
      ),
    ),
  ];
}

/** Values and names of templates; what they refer to may be defined later. */
export function checkTemplates(templates: readonly HealthCheckTemplate[], place: CheckPlace): readonly Problem[] {
  return [
    ...templates.flatMap((template, index) => checkTemplate(template, { ...place, at: `${place.at}/${index}` })),
    ...checkTwice(templates, place.at),
  ];
}

/** Texts and names of expressions. */
export function checkExpressions(expressions: readonly HealthCheckExpression[], at: Pointer): readonly Problem[] {
  return [
    ...expressions.flatMap((expression, index) => checkExpression(expression, `${at}/${index}`)),
    ...checkTwice(expressions, at),
  ];
}

/** Names that are defined, in lower case: httpd compares them without it. */
interface DefinedNames {
  readonly templates: readonly string[];
  readonly expressions: readonly string[];
}

function lowerNames(items: readonly { readonly name: string }[]): readonly string[] {
  return items.map(({ name }) => name.toLowerCase());
}

function checkReferences(
  given: { readonly hctemplate?: string; readonly hcexpr?: string },
  names: DefinedNames,
  { at, subject }: Subject,
): readonly Problem[] {
  const check = (word: "hctemplate" | "hcexpr", known: readonly string[]): readonly Problem[] => {
    const name = given[word];
    return name === undefined
      ? []
      : checkKnown(name.toLowerCase(), known, { at: `${at}/${word}`, subject: `${word} of ${subject}` });
  };
  return [...check("hctemplate", names.templates), ...check("hcexpr", names.expressions)];
}

/** Longest name of a ProxyHCExpr that httpd takes; templates have no limit of their own. */
const LONGEST = { expression: 15, template: 63 } as const;

const definedName = (longest: number) => ({
  pattern: new RegExp(`^[A-Za-z0-9_.-]{1,${longest}}$`),
  allowed: `1 to ${longest} letters, digits, '_', '.' and '-'`,
  fix: "rename it",
});

function checkTemplate({ name, parameters }: HealthCheckTemplate, { at, httpd }: CheckPlace): readonly Problem[] {
  const owner = `health-check template ${shown(name)}`;
  const place: Subject = { at: `${at}/name`, subject: "name of a health-check template" };
  return [
    ...checkPattern(name, place, definedName(LONGEST.template)),
    ...checkParameters(TEMPLATE_PARAMETERS, parameters, { at: `${at}/parameters`, owner, httpd }),
  ];
}

function checkExpression({ name, expression }: HealthCheckExpression, at: Pointer): readonly Problem[] {
  const place: Subject = { at: `${at}/name`, subject: "name of a health-check expression" };
  return [
    ...checkPattern(name, place, definedName(LONGEST.expression)),
    ...checkText(expression, { at: `${at}/expression`, subject: `health-check expression ${shown(name)}` }),
  ];
}

function checkTwice(items: readonly { readonly name: string }[], at: Pointer): readonly Problem[] {
  return checkUnique(
    items,
    ({ name }) => name.toLowerCase(),
    ({ name }, index) => ({
      at: `${at}/${index}/name`,
      subject: `name ${shown(name)}`,
      found: "the name of an earlier one (httpd ignores case)",
      allowed: "a name of its own",
      fix: "rename one of the two",
    }),
  );
}
