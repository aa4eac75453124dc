// All of the program but its version. The build makes one file of it, because a file more costs a start more than its text.
export { nodeIo } from "./node-io.js";
export { runProgram } from "./program.js";
