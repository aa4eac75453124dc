import { readFileSync } from "node:fs";
import { join } from "node:path";

const SCHEMA = readFileSync(join(__dirname, "../fixtures/junit.xsd"), "utf8");

/** What is wrong with a text as JUnit's XML: no XML, or none of its schema. */
export async function junitFaults(text: string): Promise<readonly string[]> {
  const { XmlDocument, XmlValidateError, XmlParseError, XsdValidator } = await import("libxml2-wasm");
  const schema = XmlDocument.fromString(SCHEMA);
  const validator = XsdValidator.fromDoc(schema);
  try {
    const document = XmlDocument.fromString(text);
    validator.validate(document);
    document.dispose();
    return [];
  } catch (error) {
    if (error instanceof XmlValidateError || error instanceof XmlParseError) return [error.message];
    throw error;
  } finally {
    validator.dispose();
    schema.dispose();
  }
}
