import { createHash, randomBytes } from "node:crypto";

/** Crockford's base 32: no I, L, O or U, so that no character is taken for another when it is read aloud or typed. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** The bytes, five bits a character; what is left over at the end is dropped. */
function base32(bytes: Uint8Array): string {
  let text = "";
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = ((held & 0xf) << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(held >> bits) & 31];
    }
  }
  return text;
}

/** The eight characters (40 bits) that the letters of a conferring body are numbered under: the same for the same body. */
export const seriesOf = (conferrer: string): string => base32(createHash("sha256").update(conferrer).digest()).slice(0, 8);

/** `K7Q2M4XA-2016-0001` */
export const numberOf = (series: string, year: number, serial: number): string => `${series}-${year}-${String(serial).padStart(4, "0")}`;

/** 16 characters (80 random bits) that only whoever has the letter knows. */
export const newCode = (): string => base32(randomBytes(10));

/** A number or code as somebody typed it: any case, with spaces, letters taken for digits. Dashes stay. */
export const asTyped = (text: string): string =>
  text.normalize("NFKC").toUpperCase().replace(/\s/gu, "").replace(/O/gu, "0").replace(/[IL]/gu, "1");
