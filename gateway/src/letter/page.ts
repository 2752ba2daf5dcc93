import { inChinese, ROLE_NAMES, STATUS_NAMES, termInChinese, type Verification } from "./verification";

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text: string): string => text.replace(/[&<>"']/gu, (character) => ENTITIES[character]!);

const page = (title: string, body: string): string => `<!doctype html>
<html lang="zh-Hans">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>body{font:18px/1.6 sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}dt{color:#555}dd{margin:0 0 .6rem}strong{font-size:1.4rem}</style>
<h1>${escaped(title)}</h1>
${body}
</html>
`;

const rows = (entries: readonly (readonly [string, string | null])[]): string =>
  `<dl>${entries.map(([name, value]) => (value === null || value === "" ? "" : `<dt>${name}</dt><dd>${escaped(value)}</dd>`)).join("")}</dl>`;

/** What a letter of appointment says and whether it holds, for people. @param pdf the address of the letter itself; null when it is not given out */
export function verificationPage(letter: Verification, pdf: string | null): string {
  const { revokedOn, endsOn, endsOnNow } = letter;
  const body = `<p><strong>${STATUS_NAMES[letter.status]}</strong></p>${rows([
    ["编号", letter.number],
    ["受聘人", letter.person],
    ["职务", `${letter.place}${ROLE_NAMES[letter.role] ?? letter.role}`],
    ["受聘身份", letter.capacity],
    ["专业领域", letter.expertise.join("、")],
    ["聘期", termInChinese(letter.startsOn, endsOn)],
    ["现在的截止日期", endsOnNow === endsOn ? null : endsOnNow === null ? "无" : inChinese(endsOnNow)],
    ["颁发", `${letter.conferrer}，${inChinese(letter.issuedOn)}`],
    ["撤销", revokedOn === null ? null : `${inChinese(revokedOn)}起：${letter.revocationReason ?? ""}`],
  ])}${pdf === null ? "" : `<p><a href="${escaped(pdf)}">聘书（PDF）</a></p>`}`;
  return page("聘书核验", body);
}

export const unknownPage = (): string => page("聘书核验", "<p><strong>查无此聘书</strong></p><p>请核对编号和校验码。</p>");
