import { part } from "./rows";

test.each([
  ["一核引领", { label: "一核引领", items: [] }],
  ["一核引领*1", { label: "一核引领", count: 1, items: [] }],
  ["三改＊3：改机制／改空间/ 改服务", { label: "三改", count: 3, items: [{ label: "改机制" }, { label: "改空间" }, { label: "改服务" }] }],
  ["平台:资源整合", { label: "平台", items: [{ label: "资源整合" }] }],
])("%s is a part of a practice", (item, expected) => expect(part(item)).toEqual(expected));
