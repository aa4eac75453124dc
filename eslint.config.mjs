import prettier from "eslint-config-prettier";
import tseslint from "typescript-eslint";

const SIZE = {
  "max-lines": ["error", { max: 300 }],
  "max-lines-per-function": ["error", { max: 50, skipBlankLines: true, skipComments: true }],
  complexity: ["error", 20],
};

/** Globals of Node, and those of any platform that change or ask the world. */
const IMPURE = [
  ...["Buffer", "process", "global", "require", "module", "__dirname", "__filename", "setImmediate", "clearImmediate"],
  ...["setTimeout", "setInterval", "clearTimeout", "clearInterval", "queueMicrotask", "fetch", "WebSocket"],
  ...["console", "performance", "Date", "crypto", "navigator", "localStorage"],
];

export default tseslint.config(
  {
    ignores: [
      "dist/**",
      "cdktf.out/**",
      "cdktf.demo.out/**",
      "node_modules/**",
      "**/*.generated.ts",
      "test/fixtures/**",
      "test/golden/**",
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      ...SIZE,
      "no-restricted-syntax": [
        "error",
        { selector: "TSEnumDeclaration", message: "use a union derived from a table" },
        { selector: "ExportDefaultDeclaration", message: "named exports only" },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/prefer-readonly": "error",
      "@typescript-eslint/no-unused-expressions": "error",
      "@typescript-eslint/no-empty-object-type": ["error", { allowInterfaces: "with-single-extends" }],
    },
  },
  {
    // A rule, like a table of vocabulary, may be data; tests are tables of cases. Size limits are for logic.
    files: ["core/vocabulary/**/*.ts"],
    rules: { "max-lines": "off" },
  },
  {
    // Core computes: what changes or asks the world belongs to the edges, and a browser has no Node.
    files: ["core/**/*.ts"],
    rules: {
      "no-restricted-globals": ["error", ...IMPURE],
      "no-restricted-properties": ["error", { object: "Math", property: "random", message: "core computes" }],
    },
  },
  {
    files: ["test/**/*.ts", "bench/**/*.ts"],
    rules: {
      "max-lines-per-function": "off",
      "max-lines": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    files: ["**/*.mjs", "**/*.cjs", "**/*.mts"],
    ...tseslint.configs.disableTypeChecked,
    rules: {
      ...tseslint.configs.disableTypeChecked.rules,
      "no-restricted-syntax": "off",
      "@typescript-eslint/no-require-imports": "off",
    },
  },
  prettier,
);
