import fc from "fast-check";
import { SEED } from "./seed.js";

// Properties that name no seed of their own start from the one of all tests.
fc.configureGlobal({ seed: SEED });
