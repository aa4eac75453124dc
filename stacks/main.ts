import { App } from "cdktf";
import { ActivePassiveStack } from "./active-passive.js";

const app = new App({ stackTraces: false });
new ActivePassiveStack(app, "active-passive");
app.synth();
