/** `10.1` as `10.1.0.0/16`, `10.1.0.0/255.255.0.0` as `10.1.0.0/16`; everything else as it is. */
export function addressRange(text: string): string {
  const [address = "", mask] = text.split("/");
  const steps = address.replace(/\.$/, "").split(".");
  if (!steps.every((step) => /^[0-9]{1,3}$/.test(step))) return text;
  if (mask === undefined && steps.length < 4) {
    const whole = [...steps, "0", "0", "0"].slice(0, 4).join(".");
    return `${whole}/${8 * steps.length}`;
  }
  const bits = mask?.includes(".") === true ? maskBits(mask) : undefined;
  return bits === undefined ? text : `${address}/${bits}`;
}

/** Leading ones of a dotted mask; undefined when other ones follow. */
function maskBits(mask: string): number | undefined {
  const binary = mask
    .split(".")
    .map((step) => Number(step).toString(2).padStart(8, "0"))
    .join("");
  return /^1*0*$/.test(binary) && binary.length === 32 ? binary.replace(/0+$/, "").length : undefined;
}
