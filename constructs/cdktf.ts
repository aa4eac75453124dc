/**
 * The one door to cdktf. In the published package it leads to `cdktf` or to its fork `cdktn`, whichever is installed,
 * see `scripts/bundle.mjs`.
 */
export * from "cdktf";
